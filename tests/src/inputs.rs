//! What a golden case gives the generator.

use std::path::{Path, PathBuf};
use std::{fs, io};

use generator::OverlayText;

/// What the generator is given, each text under the name that diagnostics have for it.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The folder that the names are relative to.
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    pub(crate) document: String,
    pub(crate) overlays: Vec<OverlayText>,
    /// The prefix of the environment variables that the crate reads.
    pub(crate) environment: Option<String>,
}

impl Texts {
    /// Reads files of `folder`.
    pub(crate) fn read<'name>(
        folder: &Path,
        document: &str,
        overlays: impl IntoIterator<Item = &'name str>,
    ) -> io::Result<Self> {
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read_to_string(&path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
        };
        Ok(Self {
            folder: folder.to_owned(),
            name: document.to_owned(),
            document: read(document)?,
            overlays: overlays
                .into_iter()
                .map(|name| {
                    Ok(OverlayText {
                        name: name.to_owned(),
                        text: read(name)?,
                    })
                })
                .collect::<io::Result<_>>()?,
            environment: None,
        })
    }
}
