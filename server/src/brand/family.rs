//! The accent family: what one colour of the operator becomes, so that everything stays readable.
//!
//! The hue stays; the lightness moves just as far as the contrasts need it. Nothing is refused.

use super::colour::{Colour, Oklch};

/// One look of the pages: what stands behind the colours, and how much contrast they need.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// Its name in the log.
    pub name: &'static str,
    /// `--surface`, `--canvas`, `--surface-2`, and behind notes `--ok-bg`, `--warn-bg`.
    pub behind: [Colour; 5],
    /// Whether colours move towards black to be seen.
    pub darker: bool,
    /// What `--accent` needs on surface and canvas.
    pub shape: f64,
    /// What text needs.
    pub text: f64,
}

const LIGHT: [Colour; 5] = [
    Colour([0xff, 0xff, 0xff]),
    Colour([0xf6, 0xf7, 0xf9]),
    Colour([0xee, 0xf1, 0xf5]),
    Colour([0xe7, 0xf5, 0xec]),
    Colour([0xff, 0xf4, 0xd6]),
];
const DARK: [Colour; 5] = [
    Colour([0x16, 0x1a, 0x20]),
    Colour([0x0e, 0x11, 0x15]),
    Colour([0x20, 0x26, 0x2e]),
    Colour([0x12, 0x30, 0x1f]),
    Colour([0x33, 0x27, 0x0a]),
];

/// The light look, then the dark one.
pub const GROUNDS: [Ground; 2] = [
    Ground { name: "light", behind: LIGHT, darker: true, shape: 3.0, text: 4.5 },
    // A filled button that is barely lighter than the dark behind it looks switched off.
    Ground { name: "dark", behind: DARK, darker: false, shape: 4.5, text: 4.5 },
];

/// The same for people who ask for more contrast.
pub const MORE: [Ground; 2] = [
    Ground { name: "light", behind: LIGHT, darker: true, shape: 7.0, text: 7.0 },
    Ground { name: "dark", behind: DARK, darker: false, shape: 7.0, text: 7.0 },
];

/// The dark text that the house's own palette has on its light accent.
const INK: Colour = Colour([0x0b, 0x15, 0x30]);

/// How far the lightness moves at a time, and at most how often.
const STEP: f32 = 0.005;
const STEPS: u8 = 200;

/// How much lighter or darker a button becomes under the pointer.
const HOVER: f32 = 0.06;

/// The brandable tokens of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// `--accent`: filled buttons, the selected tab.
    pub accent: Colour,
    /// `--accent-h`: the same under the pointer.
    pub hover: Colour,
    /// `--on-accent`: text on both.
    pub on_accent: Colour,
    /// `--link`: text that leads somewhere.
    pub link: Colour,
}

impl Family {
    /// The family of a colour on this ground.
    #[must_use]
    pub fn of(colour: Colour, ground: &Ground) -> Self {
        let own = colour.oklch();
        let (accent, hover, on_accent) = lightnesses(own, ground)
            .find_map(|lightness| button(own, lightness, ground))
            .unwrap_or_else(|| extreme(ground));
        let link = lightnesses(own, ground).map(|lightness| own.at(lightness)).find(|link| readable(*link, ground));
        Self { accent, hover, on_accent, link: link.unwrap_or_else(|| extreme(ground).0) }
    }
}

/// The colour's own lightness first, then ever further in the direction that helps.
fn lightnesses(own: Oklch, ground: &Ground) -> impl Iterator<Item = f32> {
    let step = if ground.darker { -STEP } else { STEP };
    (0..=STEPS).map(move |count| (own.lightness + f32::from(count) * step).clamp(0.0, 1.0))
}

/// The button with this lightness, if there is a text that can be read on it with and without the pointer.
fn button(own: Oklch, lightness: f32, ground: &Ground) -> Option<(Colour, Colour, Colour)> {
    let [surface, canvas, ..] = ground.behind;
    let seen = |colour: Colour| [surface, canvas].iter().all(|behind| colour.contrast(*behind) >= ground.shape);
    let accent = own.at(lightness);
    if !seen(accent) {
        return None;
    }
    let away = if ground.darker { -HOVER } else { HOVER };
    let hovers = [lightness + away, lightness - away].map(|lightness| own.at(lightness.clamp(0.0, 1.0)));
    // A button close to black or white has room on one side only.
    let hovers = hovers.into_iter().filter(|hover| seen(*hover) && *hover != accent);
    let texts = [Colour::WHITE, INK, Colour::BLACK];
    hovers.flat_map(|hover| texts.map(|text| (hover, text))).find_map(|(hover, text)| {
        let read = text.contrast(accent) >= ground.text && text.contrast(hover) >= ground.text;
        read.then_some((accent, hover, text))
    })
}

fn readable(link: Colour, ground: &Ground) -> bool {
    ground.behind.iter().all(|behind| link.contrast(*behind) >= ground.text)
}

/// Black on light, white on dark, with a grey under the pointer: no colour comes to this, and it is right for each.
const fn extreme(ground: &Ground) -> (Colour, Colour, Colour) {
    if ground.darker {
        (Colour::BLACK, Colour([0x33; 3]), Colour::WHITE)
    } else {
        (Colour::WHITE, Colour([0xd0; 3]), Colour::BLACK)
    }
}

#[cfg(test)]
mod tests;
