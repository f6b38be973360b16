//! The operator's own look: logo, icon, colour and addresses, made ready once at the start and served by ourselves.

mod colour;
mod family;
mod picture;
mod sheet;
mod svg;

use std::path::Path;

use app::Logo;
use axum::body::Bytes;
use sha2::{Digest, Sha256};

pub use self::colour::Colour;
use self::picture::Picture;
use crate::assets::{ASSETS, for_pages};
use crate::config::{BrandSettings, ConfigError};

/// A file of the operator's, named by its contents.
#[derive(Clone, Debug)]
pub struct File {
    /// The path that it is served under.
    pub path: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub body: Bytes,
    /// Its bytes, compressed, where that is worth it.
    pub brotli: Option<Bytes>,
}

/// What the operator adds. By default nothing.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    frame: app::Brand,
    theme: app::Theme,
    sheet: Option<File>,
    favicon: Option<File>,
    logos: Vec<File>,
}

impl Brand {
    /// Reads the files and derives the colours.
    ///
    /// # Errors
    /// A file cannot be read, or is no picture that we serve.
    pub fn load(settings: &BrandSettings) -> Result<Self, ConfigError> {
        let picture =
            |setting, path: &Option<_>| path.as_deref().map(|path: &Path| picture::read(setting, path)).transpose();
        let light = picture("JETON_LOGO_LIGHT", &settings.logo_light)?;
        let dark = picture("JETON_LOGO_DARK", &settings.logo_dark)?;
        let favicon = picture("JETON_FAVICON", &settings.favicon)?;
        let (light, dark) = (light.map(logo), dark.map(logo));
        let frame = app::Brand {
            logo_light: light.as_ref().map(|(logo, _)| logo.clone()),
            logo_dark: dark.as_ref().map(|(logo, _)| logo.clone()),
            support_url: settings.support_url.clone(),
            privacy_url: settings.privacy_url.clone(),
            terms_url: settings.terms_url.clone(),
        };
        Ok(Self {
            frame,
            theme: settings.theme,
            sheet: settings.accent.and_then(stylesheet),
            favicon: favicon.map(|picture| file("brand-icon", picture)),
            logos: [light, dark].into_iter().flatten().map(|(_, file)| file).collect(),
        })
    }

    /// What the pages show of it.
    #[must_use]
    pub const fn frame(&self) -> &app::Brand {
        &self.frame
    }

    /// The look for whoever has chosen none.
    #[must_use]
    pub const fn theme(&self) -> app::Theme {
        self.theme
    }

    /// Where the pages find their static files: the operator's before those of the house.
    #[must_use]
    pub fn assets(&self) -> app::Assets {
        let mut all = for_pages();
        if let Some(sheet) = &self.sheet {
            all.css.clone_from(&sheet.path);
        }
        if let Some(favicon) = &self.favicon {
            all.favicon.clone_from(&favicon.path);
        }
        all
    }

    /// The operator's icon.
    #[must_use]
    pub const fn favicon(&self) -> Option<&File> {
        self.favicon.as_ref()
    }

    /// The file that is served under this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.sheet.iter().chain(&self.favicon).chain(&self.logos).find(|file| file.path == path)
    }
}

fn logo(picture: Picture) -> (Logo, File) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1 to 4096")]
    let width = (picture.ratio * f64::from(Logo::HEIGHT)).round().clamp(1.0, 4096.0) as u32;
    let file = file("brand-logo", picture);
    (Logo { path: file.path.clone(), width }, file)
}

fn file(stem: &str, picture: Picture) -> File {
    let path = path(stem, &picture.bytes, picture.extension);
    File { path, kind: picture.kind, body: picture.bytes.into(), brotli: None }
}

/// The sheet of the house in the operator's colour: one file still, so that a page needs no further request.
fn stylesheet(accent: Colour) -> Option<File> {
    for change in sheet::changes(accent) {
        tracing::info!(change, "JETON_ACCENT was made lighter or darker, so that everybody can read it");
    }
    let house = ASSETS.iter().find(|asset| asset.name == "jeton.css")?;
    let body = [house.body, sheet::tokens(accent).as_bytes()].concat();
    let brotli = compress(&body).map(Bytes::from);
    Some(File { path: path("brand", &body, "css"), kind: house.kind, body: body.into(), brotli })
}

fn path(stem: &str, body: &[u8], extension: &str) -> String {
    let digest = oauth::hex::encode(&Sha256::digest(body)[..6]);
    format!("/assets/{stem}-{digest}.{extension}")
}

fn compress(body: &[u8]) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 18, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters).ok()?;
    Some(compressed)
}
