//! The table of the palette, recomputed: for the house's own colours as they stand in the style sheet, and for whatever an
//! operator may write.
#![expect(clippy::unwrap_used, reason = "tests")]

use provider::Entropy;
use provider::entropy::Seeded;

use super::*;

const SHEET: &str = include_str!("../../../../style/01-tokens.css");
const MODES: &str = include_str!("../../../../style/08-modes.css");

/// A token of the sheet in one look: `--name: light-dark(#light, #dark);`.
fn token_in(sheet: &str, name: &str, look: usize) -> Colour {
    let (_, rest) = sheet.split_once(&format!("{name}: light-dark(")).unwrap();
    Colour::parse(rest.split(')').next().unwrap().split(',').nth(look).unwrap().trim()).unwrap()
}

fn token(name: &str, look: usize) -> Colour {
    token_in(SHEET, name, look)
}

/// What the house's colours need: colour, what it stands on, ratio.
const TABLE: [(&str, &[&str], f64); 15] = [
    ("--text", &["--surface", "--canvas", "--surface-2", "--danger-bg", "--ok-bg", "--warn-bg"], 4.5),
    ("--text-2", &["--surface", "--canvas", "--surface-2"], 4.5),
    ("--text-3", &["--surface", "--canvas", "--surface-2"], 4.5),
    ("--control", &["--surface", "--canvas"], 3.0),
    ("--accent", &["--surface", "--canvas"], 3.0),
    ("--on-accent", &["--accent", "--accent-h"], 4.5),
    ("--link", &["--surface", "--canvas", "--surface-2", "--ok-bg", "--warn-bg"], 4.5),
    ("--danger", &["--surface", "--canvas", "--danger-bg"], 4.5),
    ("--on-danger", &["--danger", "--danger-h"], 4.5),
    ("--ok", &["--surface", "--ok-bg"], 4.5),
    ("--warn", &["--surface", "--warn-bg"], 4.5),
    ("--focus", &["--surface", "--canvas"], 3.0),
    ("--text", &["--surface", "--canvas", "--surface-2"], 7.0),
    ("--danger-h", &["--surface"], 3.0),
    ("--accent-h", &["--surface", "--canvas"], 3.0),
];

#[test]
fn the_colours_of_the_house_can_be_read() {
    for look in [0, 1] {
        for (name, grounds, least) in TABLE {
            for ground in grounds {
                let ratio = token(name, look).contrast(token(ground, look));
                assert!(ratio >= least, "{name} on {ground}, look {look}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn who_asks_for_more_contrast_gets_seven_to_one() {
    for look in [0, 1] {
        for name in ["--link", "--danger", "--ok", "--warn"] {
            for ground in ["--surface", "--canvas", "--surface-2"] {
                let ratio = token_in(MODES, name, look).contrast(token(ground, look));
                assert!(ratio >= 7.0, "{name} on {ground}, look {look}: {ratio:.2}");
            }
        }
        for ground in ["--accent", "--accent-h"] {
            let ratio = token_in(MODES, ground, look).contrast(token("--on-accent", look));
            assert!(ratio >= 7.0, "--on-accent on {ground}, look {look}: {ratio:.2}");
        }
    }
}

#[test]
fn a_browser_without_light_dark_gets_the_light_look() {
    for line in SHEET.lines().filter(|line| line.contains("light-dark(#")) {
        let (name, _) = line.trim().split_once(':').unwrap_or_default();
        if name.starts_with("--") {
            assert!(SHEET.contains(&format!("{name}: {};", token(name, 0))), "{name}");
        }
    }
}

#[test]
fn the_grounds_are_those_of_the_sheet() {
    let names = ["--surface", "--canvas", "--surface-2", "--ok-bg", "--warn-bg"];
    for (look, ground) in GROUNDS.iter().enumerate() {
        assert_eq!(names.map(|name| token(name, look)), ground.behind);
        assert_eq!(MORE[look].behind, ground.behind);
    }
}

/// What is wrong with the family of this colour on this ground.
fn faults(colour: Colour, ground: &Ground) -> Vec<String> {
    let family = Family::of(colour, ground);
    let [surface, canvas, second, ..] = ground.behind;
    let pairs = [
        ("accent on surface", family.accent, surface, ground.shape),
        ("accent on canvas", family.accent, canvas, ground.shape),
        ("hover on surface", family.hover, surface, ground.shape),
        ("hover on canvas", family.hover, canvas, ground.shape),
        ("text on accent", family.on_accent, family.accent, ground.text),
        ("text on hover", family.on_accent, family.hover, ground.text),
        ("link on surface", family.link, surface, ground.text),
        ("link on canvas", family.link, canvas, ground.text),
        ("link on the second surface", family.link, second, ground.text),
    ];
    let mut faults: Vec<String> = pairs
        .iter()
        .filter(|(_, colour, behind, least)| colour.contrast(*behind) < *least)
        .map(|(name, a, b, _)| format!("{colour} {} {name}: {a} {b} {:.2}", ground.name, a.contrast(*b)))
        .collect();
    if family.hover == family.accent {
        faults.push(format!("{colour} {} does not answer the pointer", ground.name));
    }
    faults
}

#[test]
fn two_hundred_colours_out_of_a_hat_can_be_read_in_both_looks() {
    let mut bytes = [0; 600];
    Seeded::new(27).fill(&mut bytes);
    let random = bytes.chunks_exact(3).map(|rgb| Colour([rgb[0], rgb[1], rgb[2]]));
    let corners = (0..8u8).map(|bits| Colour([0, 1, 2].map(|bit| if bits >> bit & 1 == 1 { 255 } else { 0 })));
    for colour in random.chain(corners) {
        for ground in GROUNDS.iter().chain(&MORE) {
            assert_eq!(faults(colour, ground), [""; 0]);
        }
    }
}

#[test]
fn a_colour_that_can_be_read_stays_as_it_is_and_another_keeps_its_hue() {
    let [light, dark] = &GROUNDS;
    let blue = Colour::parse("#2a56c6").unwrap();
    assert_eq!((Family::of(blue, light).accent, Family::of(blue, light).link), (blue, blue));
    assert_eq!(Family::of(blue, light).on_accent, Colour::WHITE);
    let moved = Family::of(blue, dark).accent;
    assert_ne!(moved, blue);
    assert!((moved.oklch().hue - blue.oklch().hue).to_radians().abs() < 0.05);
}

/// Families written down, so that a change of the derivation is seen.
#[test]
fn well_known_colours_become_these() {
    let family = |text: &str, ground| {
        let Family { accent, hover, on_accent, link } = Family::of(Colour::parse(text).unwrap(), ground);
        [accent, hover, on_accent, link].map(|colour| colour.to_string()).join(" ")
    };
    let found = ["#ff7a00", "#ffd500", "#00875a", "#e20074", "#111111"]
        .map(|colour| format!("{} | {}", family(colour, &GROUNDS[0]), family(colour, &GROUNDS[1])));
    let expected = [
        "#e36c00 #c85e00 #000000 #b05200 | #ff7a00 #ff9c60 #0b1530 #ff7a00",
        "#a98c00 #947b00 #000000 #836c00 | #ffd500 #ffeca8 #0b1530 #ffd500",
        "#00875a #00734c #ffffff #007d53 | #1e9365 #39a677 #0b1530 #35a374",
        "#e20074 #c40064 #ffffff #d5006d | #f52983 #ff5896 #0b1530 #ff4a91",
        "#111111 #050505 #ffffff #111111 | #828282 #949494 #0b1530 #919191",
    ];
    assert_eq!(found, expected);
}
