//! The style sheet in the operator's colour.

use super::colour::Colour;
use super::family::{Family, GROUNDS, Ground, MORE};

/// What stands at the end of the sheet: the plain light values first, for browsers without `light-dark()`, as in the sheet.
#[must_use]
pub fn tokens(accent: Colour) -> String {
    format!("\n{}@media (prefers-contrast: more) {{\n{}}}\n", rules(accent, &GROUNDS), rules(accent, &MORE))
}

fn rules(accent: Colour, [light, dark]: &[Ground; 2]) -> String {
    let (light, dark) = (named(Family::of(accent, light)), named(Family::of(accent, dark)));
    let plain: String = light.iter().map(|(name, colour)| format!("{name}:{colour};")).collect();
    let both: String = light
        .iter()
        .zip(&dark)
        .map(|((name, light), (_, dark))| format!("{name}:light-dark({light},{dark});"))
        .collect();
    format!(":root {{{plain}}}\n@supports (color: light-dark(#fff, #000)) {{ :root {{{both}}} }}\n")
}

const fn named(family: Family) -> [(&'static str, Colour); 4] {
    [
        ("--accent", family.accent),
        ("--accent-h", family.hover),
        ("--on-accent", family.on_accent),
        ("--link", family.link),
    ]
}

/// What became of the operator's colour, a line for each look in which it had to be moved.
#[must_use]
pub fn changes(accent: Colour) -> Vec<String> {
    let change = |ground: &Ground| {
        let family = Family::of(accent, ground);
        let part = |name: &str, colour: Colour| (colour != accent).then(|| format!("{name} {colour}"));
        let parts: Vec<_> =
            [part("buttons", family.accent), part("links", family.link)].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{accent} in the {} look: {}", ground.name, parts.join(", ")))
    };
    GROUNDS.iter().filter_map(change).collect()
}
