use clap::CommandFactory;

use super::*;
use crate::config::Config;
use crate::config::sources::PREFIX;

const OPERATING: &str = include_str!("../../../../docs/operating.md");

#[test]
fn the_tables_of_the_handbook_say_what_the_struct_says() {
    let command = Config::command();
    let row = |setting: Described| {
        let default = setting.default.map_or_else(|| "none".to_owned(), |default| format!("`{default}`"));
        format!("| `{}` | {default} | {} |", setting.name, setting.meaning)
    };
    let rows: Vec<_> = described(&command).map(row).collect();
    let written: Vec<_> = OPERATING.lines().filter(|line| line.starts_with("| `JETON_")).collect();
    assert_eq!(written, rows, "docs/operating.md should have these rows:\n{}", rows.join("\n"));
}

#[test]
fn every_setting_has_a_name_of_ours_and_a_meaning() {
    let command = Config::command();
    command.clone().debug_assert();
    for setting in described(&command) {
        assert!(setting.name.starts_with(PREFIX), "{}", setting.name);
        assert!(setting.meaning.len() > 10 && help(&command).contains(&setting.meaning), "{}", setting.name);
    }
}
