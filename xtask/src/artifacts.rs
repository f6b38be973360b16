//! What cargo says it built, read from its JSON messages.

use crate::process::{Outcome, command};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Everything executable that a build made.
pub struct Artifacts(Vec<Artifact>);

/// A program, or a package's tests.
#[derive(Debug, PartialEq, Eq)]
struct Artifact {
    folder: PathBuf,
    name: String,
    executable: PathBuf,
    test: bool,
}

impl Artifacts {
    /// Reads cargo's messages, one JSON object a line.
    pub fn read(lines: impl Iterator<Item = String>) -> Self {
        Self(lines.filter_map(|line| Artifact::read(&line)).collect())
    }

    /// The program of this name.
    pub fn program(&self, name: &str) -> Outcome<PathBuf> {
        let found = self.0.iter().find(|artifact| !artifact.test && artifact.name == name);
        found.map(|artifact| artifact.executable.clone()).ok_or_else(|| format!("the build made no program `{name}`"))
    }

    /// The test programs of the packages in these folders of the repository, each ready to run as cargo would run it.
    pub fn tests(&self, folders: &[&str]) -> Vec<Command> {
        self.tests_of(folders).map(Artifact::command).collect()
    }

    /// The same without the program of this name.
    pub fn tests_but(&self, folders: &[&str], name: &str) -> Vec<Command> {
        self.tests_of(folders).filter(|artifact| artifact.name != name).map(Artifact::command).collect()
    }

    /// The test program of this name.
    pub fn test(&self, folder: &str, name: &str) -> Outcome<Command> {
        let found = self.tests_of(&[folder]).find(|artifact| artifact.name == name).map(Artifact::command);
        found.ok_or_else(|| format!("the build made no test program `{name}` of {folder}"))
    }

    fn tests_of(&self, folders: &[&str]) -> impl Iterator<Item = &Artifact> {
        let wanted = |artifact: &&Artifact| folders.iter().any(|folder| artifact.folder.ends_with(folder));
        self.0.iter().filter(|artifact| artifact.test).filter(wanted)
    }
}

impl Artifact {
    fn read(message: &str) -> Option<Self> {
        let executable = PathBuf::from(text(message, "executable")?);
        let folder = Path::new(text(message, "manifest_path")?).parent()?.to_owned();
        let target = message.get(message.find("\"target\":")?..)?;
        let test = message.contains("\"test\":true},\"features\"");
        Some(Self { folder, name: text(target, "name")?.to_owned(), executable, test })
    }

    fn command(&self) -> Command {
        let mut command = command(&self.executable);
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

/// The first string member of this name. Cargo writes JSON without spaces, and the names and paths that are
/// read here need no escapes.
fn text<'a>(json: &'a str, member: &str) -> Option<&'a str> {
    let start = format!("\"{member}\":\"");
    let rest = json.get(json.find(&start)? + start.len()..)?;
    rest.get(..rest.find('"')?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const PROGRAM: &str = r#"{"reason":"compiler-artifact","package_id":"path+file:///j/server#0.1.0","manifest_path":"/j/server/Cargo.toml","target":{"kind":["bin"],"crate_types":["bin"],"name":"jeton","src_path":"/j/server/src/main.rs","edition":"2024","doc":true,"doctest":false,"test":true},"profile":{"opt_level":"0","debuginfo":1,"debug_assertions":true,"overflow_checks":true,"test":false},"features":[],"filenames":["/j/target/debug/jeton"],"executable":"/j/target/debug/jeton","fresh":true}"#;

    #[test]
    fn a_program_is_read_from_cargos_message() {
        let artifact = Artifact::read(PROGRAM).unwrap();
        assert_eq!(artifact.name, "jeton");
        assert_eq!(artifact.folder, Path::new("/j/server"));
        assert_eq!(artifact.executable, Path::new("/j/target/debug/jeton"));
        assert!(!artifact.test);
    }

    #[test]
    fn a_test_program_is_not_taken_for_the_program() {
        let message = PROGRAM.replace("\"test\":false}", "\"test\":true}");
        let artifacts = Artifacts::read([message].into_iter());
        assert!(artifacts.program("jeton").is_err());
        assert_eq!(artifacts.tests(&["server"]).len(), 1);
        assert_eq!(artifacts.tests(&["app"]).len(), 0);
        assert_eq!(
            (artifacts.tests_but(&["server"], "jeton").len(), artifacts.tests_but(&["server"], "crash").len()),
            (0, 1)
        );
        assert!(artifacts.test("server", "jeton").is_ok() && artifacts.test("server", "crash").is_err());
    }

    #[test]
    fn a_library_is_not_executable() {
        assert_eq!(Artifact::read(&PROGRAM.replace("\"/j/target/debug/jeton\",\"fresh\"", "null,\"fresh\"")), None);
    }
}
