//! A private temporary folder, removed when dropped.

use std::path::{Path, PathBuf};

use crate::sh::Res;

/// A folder of this process, removed with all it holds when this value is dropped.
pub struct TempDir(PathBuf);

impl TempDir {
    /// Creates `<tmp>/<prefix>-<pid>`, emptied first.
    pub fn new(prefix: &str) -> Res<Self> {
        let path = std::env::temp_dir().join(format!("{prefix}-{}", std::process::id()));
        if path.exists() {
            std::fs::remove_dir_all(&path)
                .map_err(|cause| format!("Nettoyage impossible de {} : {cause}", path.display()))?;
        }
        std::fs::create_dir_all(&path)
            .map_err(|cause| format!("Création impossible de {} : {cause}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        // Nothing useful can be done about a folder that stays: it is in the system's temporary space.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
