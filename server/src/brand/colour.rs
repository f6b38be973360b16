//! Colours: sRGB as the operator writes it, OKLCH to change how light it is without changing what
//! colour it is, and the contrast of WCAG 2.2. The conversions are those of the crate `color`.

use std::fmt;

use color::{LinearSrgb, OpaqueColor, Srgb};

/// A colour of sRGB, eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#rrggbb`, of all that CSS has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == "#rrggbb".len() && text.starts_with('#');
        let found = color::parse_color(text).ok().filter(|_| is_plain)?;
        Some(found.to_alpha_color::<Srgb>().discard_alpha().into())
    }

    /// The contrast with another colour, 1 to 21 (WCAG 2.2, contrast ratio).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let [a, b] = [self, other].map(|colour| f64::from(colour.srgb().relative_luminance()));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The same colour in OKLCH (CSS Color 4 §9.2).
    #[must_use]
    pub fn oklch(self) -> Oklch {
        let [lightness, chroma, hue] = self.srgb().convert::<color::Oklch>().components;
        Oklch { lightness, chroma, hue }
    }

    fn srgb(self) -> OpaqueColor<Srgb> {
        let [r, g, b] = self.0;
        OpaqueColor::from_rgb8(r, g, b)
    }
}

impl From<OpaqueColor<Srgb>> for Colour {
    /// The nearest colour that sRGB has in eight bits.
    fn from(colour: OpaqueColor<Srgb>) -> Self {
        let bytes = colour.to_rgba8();
        Self([bytes.r, bytes.g, bytes.b])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// A colour by how light, how vivid and of which hue it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Oklch {
    /// 0 is black, 1 is white.
    pub lightness: f32,
    /// 0 is grey.
    pub chroma: f32,
    /// In degrees.
    pub hue: f32,
}

impl Oklch {
    /// The same hue with another lightness; where sRGB has no such colour, the most vivid one that it has.
    #[must_use]
    pub fn at(self, lightness: f32) -> Colour {
        let of = |chroma| OpaqueColor::<color::Oklch>::new([lightness, chroma, self.hue]).convert::<LinearSrgb>();
        let inside = |colour: OpaqueColor<LinearSrgb>| {
            colour.components.iter().all(|channel| (-0.000_1..=1.000_1).contains(channel))
        };
        let (mut low, mut high) = (0.0, self.chroma);
        if inside(of(high)) {
            return of(high).convert().into();
        }
        for _ in 0..24 {
            let middle = f32::midpoint(low, high);
            if inside(of(middle)) { low = middle } else { high = middle }
        }
        of(low).convert().into()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_written_in_one_way() {
        assert_eq!(colour("#2A56c6"), Colour([0x2a, 0x56, 0xc6]));
        assert_eq!(colour("#2A56c6").to_string(), "#2a56c6");
        for bad in ["", "#", "2a56c6", "#2a5", "#2a56c", "#2a56c6f", "#2a56cg", "#+2a56c", "blue", "#ä6c6"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    /// The values of CSS Color 4 for the corners of sRGB.
    #[test]
    fn oklch_is_the_one_of_css() {
        let table = [
            ("#ff0000", 0.627_96, 0.257_68, 29.234),
            ("#00ff00", 0.866_44, 0.294_83, 142.495),
            ("#0000ff", 0.452_01, 0.313_21, 264.052),
            ("#ffff00", 0.967_98, 0.211_01, 109.769),
            ("#663399", 0.440_27, 0.160_3, 303.373),
        ];
        for (text, lightness, chroma, hue) in table {
            let found = colour(text).oklch();
            assert!((found.lightness - lightness).abs() < 0.000_1, "{text}: {found:?}");
            assert!((found.chroma - chroma).abs() < 0.000_1, "{text}: {found:?}");
            assert!((found.hue.rem_euclid(360.0) - hue).abs() < 0.01, "{text}: {found:?}");
        }
        assert!((Colour::WHITE.oklch().lightness - 1.0).abs() < 0.000_1 && Colour::WHITE.oklch().chroma < 0.000_1);
    }

    #[test]
    fn contrast_is_the_one_of_wcag() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.000_1);
        assert!((colour("#777777").contrast(Colour::WHITE) - 4.478).abs() < 0.001);
        assert!((colour("#2a56c6").contrast(Colour::WHITE) - 6.5).abs() < 0.05);
    }

    #[test]
    fn another_lightness_keeps_the_hue_and_the_same_one_the_colour() {
        for text in ["#2a56c6", "#ff7a00", "#00c853", "#663399", "#808080", "#ffffff", "#000000"] {
            let own = colour(text).oklch();
            assert_eq!(own.at(own.lightness), colour(text));
            let other = own.at(0.6).oklch();
            assert!((other.lightness - 0.6).abs() < 0.01, "{text}: {other:?}");
            assert!(own.chroma < 0.01 || (other.hue - own.hue).to_radians().abs() < 0.05, "{text}: {other:?}");
        }
    }
}
