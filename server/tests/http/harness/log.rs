//! Captures the server's log lines while a test runs.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

use tracing_subscriber::filter::{dynamic_filter_fn, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt, registry};

thread_local! {
    /// The lines of the test on this thread, while it listens.
    static LINES: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

static INSTALLED: Once = Once::new();

/// The log of this thread, at its most talkative, until it is dropped.
pub struct Log(());

impl Log {
    /// Begins to listen. The test must run on one thread.
    pub fn capture() -> Self {
        // One for the whole program: subscribers that come and go lose lines of the tests beside
        // them.
        INSTALLED.call_once(|| {
            let listening = dynamic_filter_fn(|_, _| LINES.with_borrow(Option::is_some));
            let lines = fmt::layer().with_ansi(false).with_writer(|| Lines).with_filter(listening);
            // As in the server's own log: this span would hide that of the request.
            let others = filter_fn(|of| of.target() != "tower_sessions::service");
            tracing::subscriber::set_global_default(registry().with(lines).with(others)).unwrap();
        });
        LINES.set(Some(Vec::new()));
        Self(())
    }

    /// Everything written so far.
    pub fn text(&self) -> String {
        LINES.with_borrow(|lines| String::from_utf8(lines.clone().unwrap()).unwrap())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        LINES.set(None);
    }
}

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.iter_mut().for_each(|lines| lines.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
