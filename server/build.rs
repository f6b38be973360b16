//! Embeds the static files in the binary, with content hashes in their names, compressed with
//! brotli.
//!
//! `style/*.css` in the order of their names become one sheet; `public/` goes in as it is; the
//! browser's bundle comes from the folder that `JETON_SITE` names (`target/site`, made by `cargo
//! xtask`). Without a bundle the pages have no islands.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct File {
    name: String,
    body: Vec<u8>,
}

fn main() -> Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("..");
    println!("cargo::rerun-if-env-changed=JETON_SITE");
    let site = env::var("JETON_SITE").map_or_else(|_| root.join("target/site"), PathBuf::from);
    let mut files = vec![File { name: "jeton.css".to_owned(), body: stylesheet(&root.join("style"))? }];
    files.extend(folder(&root.join("public"))?);
    files.extend(folder(&site)?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("assets.rs"), table(&files, &out)?)?;
    Ok(())
}

fn stylesheet(path: &Path) -> io::Result<Vec<u8>> {
    let sheets = folder(path)?.into_iter().filter(|file| file.name.ends_with(".css"));
    Ok(sheets.flat_map(|file| file.body).collect())
}

/// The files of a folder by name; none where there is no such folder.
fn folder(path: &Path) -> io::Result<Vec<File>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let Ok(entries) = fs::read_dir(path) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            let name = entry.file_name().to_string_lossy().into_owned();
            files.push(File { name, body: fs::read(entry.path())? });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// One row for each file: `jeton.css` is served as `/assets/jeton-0123456789ab.css`.
fn table(files: &[File], out: &Path) -> Result<String> {
    let mut rows = String::new();
    for file in files {
        let digest: String = Sha256::digest(&file.body).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, "bin"));
        let served = format!("{stem}-{digest}.{extension}");
        fs::write(out.join(&served), &file.body)?;
        fs::write(out.join(format!("{served}.br")), compress(&file.body)?)?;
        writeln!(
            rows,
            "Asset {{ name: {:?}, path: {:?}, kind: {:?}, body: include_bytes!(concat!(env!(\"OUT_DIR\"), {:?})), \
             brotli: include_bytes!(concat!(env!(\"OUT_DIR\"), {:?})) }},",
            file.name,
            format!("/assets/{served}"),
            kind(extension),
            format!("/{served}"),
            format!("/{served}.br"),
        )?;
    }
    Ok(format!("/// Every static file.\npub static ASSETS: &[Asset] = &[\n{rows}];\n"))
}

fn compress(body: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn kind(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
