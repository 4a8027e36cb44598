//! Bytes that a browser downloads, in brotli.

use std::path::Path;

use crate::Res;
use crate::base::Base;
use crate::options::Options;
use crate::report::{Report, decimal};

pub fn run(_options: &Options, base: &Base, report: &mut Report) -> Res {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let (mut code, mut style) = (0, 0);
    for entry in std::fs::read_dir(&dist).map_err(|error| format!("{} : {error}", dist.display()))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = entry.metadata().map_or(0, |data| data.len());
        if name.ends_with(".wasm.br") || name.ends_with(".js.br") {
            code += bytes;
        } else if name.ends_with(".css.br") {
            style += bytes;
        }
    }
    let kilobytes = |bytes: u64| format!("{} ko", decimal(bytes as f64 / 1_000.0, 1));
    report.add(base.column(), "WASM et JavaScript, en brotli", "350 ko", "", kilobytes(code));
    report.add(base.column(), "CSS, en brotli", "45 ko", "", kilobytes(style));
    Ok(())
}
