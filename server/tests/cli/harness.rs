//! A folder, and the binary in it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

/// A password that every rule accepts.
pub const PASSWORD: &str = "correct horse battery staple";

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A working folder that goes with the test.
pub struct Folder(pub PathBuf);

/// What a command answered.
pub struct Answer {
    pub good: bool,
    pub out: String,
    pub err: String,
}

impl Folder {
    /// An empty folder.
    pub fn empty() -> Self {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("jeton-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A folder with a database.
    pub fn ready() -> Self {
        let folder = Self::empty();
        folder.good(&["init"]);
        folder
    }

    /// The binary with these arguments and no settings but these.
    pub fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jeton"));
        command.args(arguments).current_dir(&self.0);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("JETON_")) {
            command.env_remove(name);
        }
        command.envs(settings.iter().copied());
        command
    }

    /// Runs a command with this text on standard input.
    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)], input: &str) -> Answer {
        let mut command = self.command(arguments, settings);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that reads nothing may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let done = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer { good: done.status.success(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// Runs a command that must succeed, and says nothing on standard error; its standard output.
    pub fn good(&self, arguments: &[&str]) -> String {
        self.good_with(arguments, "")
    }

    /// The same with standard input.
    pub fn good_with(&self, arguments: &[&str], input: &str) -> String {
        let answer = self.run(arguments, &[], input);
        assert!(answer.good && answer.err.is_empty(), "{arguments:?}: {}", answer.err);
        answer.out
    }

    /// The JSON that a command answers.
    pub fn json(&self, arguments: &[&str], input: &str) -> Value {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.good_with(&arguments, input)).unwrap()
    }

    /// Runs a command that must fail; the one line on standard error.
    pub fn fault(&self, arguments: &[&str], settings: &[(&str, &str)], input: &str) -> String {
        let answer = self.run(arguments, settings, input);
        assert!(!answer.good, "{arguments:?} succeeded: {}", answer.out);
        assert_eq!(answer.err.lines().count(), 1, "{arguments:?}: {}", answer.err);
        answer.err
    }

    /// Adds a user with full access.
    pub fn user(&self, name: &str) {
        self.good_with(&["user", "add", name, "--password-stdin"], PASSWORD);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
