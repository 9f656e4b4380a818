//! A folder that appears whole or not at all, and single files likewise.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use thiserror::Error;

use super::manifest::{Manifest, fingerprint};
use crate::language::Message;

/// Why an output cannot be written.
#[derive(Debug, Error)]
pub enum FolderError {
    /// It is there already, and nobody said it may be replaced.
    #[error("{path} exists")]
    Exists {
        /// The path as it was named.
        path: String,
    },
    /// The system refuses.
    #[error("{path}: {source}")]
    Write {
        /// The path as it was named.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

impl FolderError {
    /// The sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            FolderError::Exists { path } => Message::new("error-output-exists").text("path", path),
            FolderError::Write { path, source } => {
                match Path::new(path).ancestors().skip(1).find(|above| above.is_file()) {
                    // What the system says of this differs from machine to machine, and misleads.
                    Some(file) => Message::new("error-output-below-file")
                        .text("path", path)
                        .text("file", file.display().to_string()),
                    None => Message::new("error-output-write").text("path", path).text("detail", source.to_string()),
                }
            }
        }
    }

    fn at(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError + '_ {
        move |source| FolderError::Write { path: path.display().to_string(), source }
    }
}

/// Writes one file beside its place and renames it into place.
///
/// # Errors
/// [`FolderError::Exists`] where the file is there and `overwrite` is not set; [`FolderError::Write`] where the system
/// refuses.
pub fn write_file(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), FolderError> {
    if path.exists() && !overwrite {
        return Err(FolderError::Exists { path: path.display().to_string() });
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(parent).map_err(FolderError::at(path))?;
    let mut file = tempfile::Builder::new().prefix(".xuequ-").tempfile_in(parent).map_err(FolderError::at(path))?;
    file.write_all(bytes).map_err(FolderError::at(path))?;
    make_readable(file.path()).map_err(FolderError::at(path))?;
    file.persist(path).map_err(|fault| FolderError::Write { path: path.display().to_string(), source: fault.error })?;
    Ok(())
}

/// Temporary files are private to their owner; outputs are not.
#[cfg(unix)]
fn make_readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn make_readable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Makes some files of a folder, each with its name.
pub(super) type Writing<'a> = Box<dyn Fn() -> Vec<(String, Vec<u8>)> + Send + Sync + 'a>;

/// A folder under construction: files are written beside the target and moved there by [`OutputFolder::finish`].
/// Dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    work: tempfile::TempDir,
    overwrite: bool,
    fingerprints: BTreeMap<String, String>,
}

impl OutputFolder {
    /// Begins a folder at `target`.
    ///
    /// # Errors
    /// [`FolderError::Exists`] where there is something at `target` and `overwrite` is not set; an empty folder counts as
    /// nothing. [`FolderError::Write`] where the system refuses.
    pub fn begin(target: &Path, overwrite: bool) -> Result<OutputFolder, FolderError> {
        let is_empty = |path: &Path| std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        if target.exists() && !overwrite && !is_empty(target) {
            return Err(FolderError::Exists { path: target.display().to_string() });
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(parent).map_err(FolderError::at(target))?;
        let work = tempfile::Builder::new().prefix(".xuequ-").tempdir_in(parent).map_err(FolderError::at(target))?;
        Ok(OutputFolder { target: target.to_owned(), work, overwrite, fingerprints: BTreeMap::new() })
    }

    /// Writes a file of the folder; its name may have folders below it, joined by `/`.
    ///
    /// # Errors
    /// [`FolderError::Write`] where the system refuses.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let (name, fingerprint) = self.put(name.to_owned(), bytes)?;
        self.fingerprints.insert(name, fingerprint);
        Ok(())
    }

    /// Writes files of the folder by all threads at once.
    ///
    /// # Errors
    /// [`FolderError::Write`] where the system refuses; of several such files it names the first.
    pub(super) fn write_together(&mut self, files: &[Writing<'_>]) -> Result<(), FolderError> {
        let folder = &*self;
        let written: Vec<Result<Vec<(String, String)>, FolderError>> = files
            .par_iter()
            .with_max_len(1)
            .map(|write| write().into_iter().map(|(name, bytes)| folder.put(name, &bytes)).collect())
            .collect();
        for files in written {
            self.fingerprints.extend(files?);
        }
        Ok(())
    }

    /// Writes a file, and gives its name and SHA-256.
    fn put(&self, name: String, bytes: &[u8]) -> Result<(String, String), FolderError> {
        let path = self.work.path().join(&name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(FolderError::at(&self.target.join(&name)))?;
        }
        std::fs::write(&path, bytes).map_err(FolderError::at(&self.target.join(&name)))?;
        make_readable(&path).map_err(FolderError::at(&self.target.join(&name)))?;
        Ok((name, fingerprint(bytes)))
    }

    /// The SHA-256 of every file written so far, by name.
    #[must_use]
    pub fn fingerprints(&self) -> &BTreeMap<String, String> {
        &self.fingerprints
    }

    /// Moves everything into place. An existing folder keeps files that are not outputs; outputs of an earlier plan that
    /// this one does not write are removed.
    ///
    /// # Errors
    /// [`FolderError::Write`] where the system refuses.
    pub fn finish(self) -> Result<(), FolderError> {
        let target = &self.target;
        make_readable(self.work.path()).map_err(FolderError::at(target))?;
        if !target.exists() || std::fs::remove_dir(target).is_ok() {
            let work = self.work.keep();
            return std::fs::rename(&work, target).map_err(FolderError::at(target));
        }
        debug_assert!(self.overwrite, "begin has refused a folder that is not empty");
        for stale in Manifest::outputs_listed_in(target) {
            if !self.fingerprints.contains_key(&stale) {
                // A file somebody has removed already is no fault.
                let _ = std::fs::remove_file(target.join(stale));
            }
        }
        for name in self.fingerprints.keys() {
            let place = target.join(name);
            if let Some(parent) = place.parent() {
                std::fs::create_dir_all(parent).map_err(FolderError::at(&place))?;
            }
            std::fs::rename(self.work.path().join(name), &place).map_err(FolderError::at(&place))?;
        }
        Ok(())
    }
}
