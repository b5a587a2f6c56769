//! Why tables cannot be stood up.

use std::path::PathBuf;

use dynoxide::DynoxideError;

/// Why tables cannot be stood up.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The data folder cannot be used.
    #[error("cannot use the data folder {path}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the tables: {0}")]
    Open(#[from] DynoxideError),
    /// A table cannot be created.
    #[error("cannot create the table `{name}`: {message}")]
    Create {
        /// Its name.
        name: String,
        /// Why.
        message: String,
    },
    /// The tables cannot be served.
    #[error("cannot serve the tables")]
    Serve(#[source] std::io::Error),
    /// The tokens of transactions cannot be read.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}
