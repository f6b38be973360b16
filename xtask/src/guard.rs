//! Cleaning up whatever happens: a small shell waits for the end of its input, which comes when this process
//! drops the guard, fails, or is killed, and then does the cleaning.

use crate::process::{Outcome, not_started};
use std::{
    ffi::OsStr,
    io::Write,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

/// Input: process ids to end, a line each. Arguments: a folder to remove (or nothing), then a command to run first (or none).
const SCRIPT: &str = r#"
trap '' INT TERM HUP
folder=$1; shift
pids=
while read -r pid; do pids="$pids $pid"; done
if [ $# -gt 0 ]; then "$@" >/dev/null 2>&1; fi
for pid in $pids; do kill "$pid" 2>/dev/null; done
for pid in $pids; do
  left=100
  while [ $left -gt 0 ] && kill -0 "$pid" 2>/dev/null; do left=$((left - 1)); sleep 0.1; done
  kill -9 "$pid" 2>/dev/null
done
if [ -n "$folder" ]; then rm -rf -- "$folder"; fi
"#;

/// Cleans up when it is dropped.
pub struct Guard {
    shell: Child,
    input: Option<ChildStdin>,
}

impl Guard {
    /// A guard that runs `last` (if it is not empty), ends the processes in its care, and removes `folder`.
    pub fn new(folder: Option<&Path>, last: &[&OsStr]) -> Outcome<Self> {
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "guard"]).arg(folder.unwrap_or(Path::new(""))).args(last);
        let shell = command.stdin(Stdio::piped()).spawn();
        let mut shell = shell.map_err(|error| not_started(&command, &error))?;
        let input = shell.stdin.take();
        Ok(Self { shell, input })
    }

    /// Takes a process into care.
    pub fn adopt(&mut self, child: &Child) -> Outcome {
        let Some(input) = &mut self.input else {
            return Ok(());
        };
        writeln!(input, "{}", child.id()).map_err(|error| format!("the clean-up is gone: {error}"))
    }

    /// Starts the cleaning without waiting for its end.
    pub fn begin(&mut self) {
        self.input = None;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.begin();
        let _ended = self.shell.wait();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_guard_ends_its_processes_and_removes_its_folder() {
        let folder = std::env::temp_dir().join(format!("jeton-guard.{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        let mut guard = Guard::new(Some(&folder), &[]).unwrap();
        let mut sleeper = Command::new("sleep").arg("600").spawn().unwrap();
        guard.adopt(&sleeper).unwrap();
        assert!(sleeper.try_wait().unwrap().is_none() && folder.exists());
        guard.begin();
        assert!(!sleeper.wait().unwrap().success());
        drop(guard);
        assert!(!folder.exists());
    }
}
