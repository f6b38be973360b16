//! Colours: sRGB as the operator writes it, OKLCH to change how light it is without changing what colour it is, and the
//! contrast of WCAG 2.2.

use std::fmt;

/// A colour of sRGB, eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // `from_str_radix` would take a sign.
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let [_, channels @ ..] = number.to_be_bytes();
        Some(Self(channels))
    }

    /// The contrast with another colour, 1 to 21 (WCAG 2.2, contrast ratio).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The same colour in OKLCH (CSS Color 4 §9.2).
    #[must_use]
    pub fn oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch { lightness, chroma: a.hypot(b), hue: b.atan2(a) }
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
    pub lightness: f64,
    /// 0 is grey.
    pub chroma: f64,
    /// In radians.
    pub hue: f64,
}

impl Oklch {
    /// The same hue with another lightness; where sRGB has no such colour, the most vivid one that it has.
    #[must_use]
    pub fn at(self, lightness: f64) -> Colour {
        let of = |chroma| channels(Self { lightness, chroma, hue: self.hue });
        let inside = |channels: &[f64; 3]| channels.iter().all(|channel| (-0.000_1..=1.000_1).contains(channel));
        let (mut low, mut high) = (0.0, self.chroma);
        if inside(&of(high)) {
            return bytes(of(high));
        }
        for _ in 0..24 {
            let middle = f64::midpoint(low, high);
            if inside(&of(middle)) { low = middle } else { high = middle }
        }
        bytes(of(low))
    }
}

/// The linear channels of sRGB; outside 0 to 1 there is no such colour.
fn channels(colour: Oklch) -> [f64; 3] {
    let (a, b) = (colour.chroma * colour.hue.cos(), colour.chroma * colour.hue.sin());
    let l = (colour.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (colour.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (colour.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 255")]
fn bytes(channels: [f64; 3]) -> Colour {
    Colour(channels.map(|linear| {
        let value = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
        (value.clamp(0.0, 1.0) * 255.0).round() as u8
    }))
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
            assert!((found.hue.to_degrees().rem_euclid(360.0) - hue).abs() < 0.01, "{text}: {found:?}");
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
            assert!(own.chroma < 0.01 || (other.hue - own.hue).abs() < 0.05, "{text}: {other:?}");
        }
    }
}
