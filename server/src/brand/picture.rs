//! Pictures of the operator: read once at the start, and refused with a reason when a browser could do more with them than
//! show them.

use std::io::Read;
use std::path::Path;

use super::svg;
use crate::config::ConfigError;

/// Larger files are refused: a logo is fetched by everybody who signs in.
const MOST_BYTES: u64 = 256 * 1024;

/// Wider or higher pictures are refused: browsers unpack all of it to show a small one.
const MOST_PIXELS: u32 = 4096;

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its media type.
    pub kind: &'static str,
    /// How its name ends.
    pub extension: &'static str,
    /// The file as it is.
    pub bytes: Vec<u8>,
    /// Width by height.
    pub ratio: f64,
}

/// Reads the file of a setting.
///
/// # Errors
/// It cannot be read, is too large, or is no picture that we serve.
pub fn read(setting: &'static str, path: &Path) -> Result<Picture, ConfigError> {
    let fault = |message: String| ConfigError::new(setting, format!("{}: {message}", path.display()));
    let bytes = contents(path)
        .map_err(|error| fault(format!("it cannot be read ({error}). Name a readable PNG or SVG file")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(fault(format!("it is larger than {} KiB. Make the picture smaller", MOST_BYTES / 1024)));
    }
    picture(bytes).map_err(fault)
}

/// At most one byte more than is taken, so that nothing endless is read.
fn contents(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What the file is, by its contents: its name proves nothing.
fn picture(bytes: Vec<u8>) -> Result<Picture, String> {
    if bytes.starts_with(SIGNATURE) {
        let (width, height) = png(&bytes).ok_or("it is a damaged PNG. Save it again")?;
        if width.max(height) > MOST_PIXELS {
            return Err(format!("it has {width} × {height} pixels, and {MOST_PIXELS} a side are the most"));
        }
        let ratio = f64::from(width) / f64::from(height);
        return Ok(Picture { kind: "image/png", extension: "png", bytes, ratio });
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "it is neither a PNG nor an SVG in UTF-8. Save it as one")?;
    let ratio = svg::check(text)?;
    Ok(Picture { kind: "image/svg+xml", extension: "svg", bytes, ratio })
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Width and height of a PNG that is whole: a header first, the end last, and nothing behind it.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let (name, header) = chunk(&mut rest)?;
    let side = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let sides =
        (name == b"IHDR").then_some((side(0)?, side(4)?)).filter(|(width, height)| *width > 0 && *height > 0)?;
    loop {
        let (name, _) = chunk(&mut rest)?;
        if name == b"IEND" {
            return rest.is_empty().then_some(sides);
        }
    }
}

/// The next chunk: four bytes of length, four of name, the data, four of checksum.
fn chunk<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (name, after) = after.split_at_checked(4)?;
    let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let (_, after) = after.split_at_checked(4)?;
    *rest = after;
    Some((name, data))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// A PNG of this size; what its pixels are is not looked at here.
    fn sample(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = SIGNATURE.to_vec();
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([8, 6, 0, 0, 0]);
        for (name, data) in [(b"IHDR", &header[..]), (b"IDAT", &[0; 9]), (b"IEND", &[])] {
            bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend(name);
            bytes.extend(data);
            bytes.extend([0; 4]);
        }
        bytes
    }

    fn fault(bytes: Vec<u8>) -> String {
        picture(bytes).err().unwrap_or_default()
    }

    #[test]
    fn a_png_is_known_by_its_contents_and_must_be_whole() {
        let good = picture(sample(120, 40)).unwrap();
        assert_eq!((good.kind, good.extension, good.ratio), ("image/png", "png", 3.0));
        let whole = sample(120, 40);
        for length in SIGNATURE.len()..whole.len() {
            assert!(fault(whole[..length].to_vec()).contains("damaged"), "{length}");
        }
        assert!(fault([&whole[..], b"<script>"].concat()).contains("damaged"));
        assert!(fault(sample(0, 40)).contains("damaged"));
        assert!(fault(sample(u32::MAX, u32::MAX)).contains("4096 a side are the most"));
        assert!(fault(sample(4097, 1)).contains("4096 a side are the most"));
        assert_eq!(fault(sample(4096, 4096)), "");
    }

    #[test]
    fn what_is_neither_png_nor_svg_is_refused() {
        for other in [&b""[..], b"GIF89a", b"\xff\xd8\xff\xe0", b"<html><body>hello</body></html>", b"plain text"] {
            assert!(fault(other.to_vec()).contains("SVG"), "{other:?}");
        }
    }

    #[test]
    fn a_file_is_told_with_its_setting_and_the_mend() {
        let folder = std::env::temp_dir().join(format!("jeton-picture-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("logo.png");
        let line = || read("JETON_LOGO_LIGHT", &path).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(
            line().starts_with("JETON_LOGO_LIGHT: ") && line().contains("Name a readable PNG or SVG"),
            "{}",
            line()
        );
        std::fs::write(&path, sample(32, 32)).unwrap();
        assert_eq!(line(), "");
        std::fs::write(&path, vec![b' '; 256 * 1024 + 1]).unwrap();
        assert!(line().contains("larger than 256 KiB"), "{}", line());
        assert!(read("JETON_LOGO_LIGHT", &folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
