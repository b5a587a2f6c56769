//! What survives the stage in the data folder besides tables: one file of SQLite with entries of a few kinds, each under
//! a key.
//!
//! Owns that changes made together are there together, or not at all, whenever the process is killed. Knows no queue and
//! no bus: each part writes its own values. Without a data folder there is no store, and nobody pays for it.
//!
//! A commit returns when the operating system has it, which survives the end of the process; it does not wait for the
//! disk, so what a power failure leaves is consistent and may be a moment old.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The file below the data folder.
const FILE: &str = "stage.sqlite";

/// What an entry is about. The numbers are those in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A queue, by its number.
    Queue = 1,
    /// A message, by the numbers of its queue and its own.
    Message = 2,
    /// A deduplication id that a queue remembers, by queue and id.
    Seen = 3,
    /// An event on its way to a target.
    Journey = 4,
    /// When a scheduled rule fires next, by its ARN.
    Schedule = 5,
    /// A call that changed a bus, rule or archive. Written no more; a folder that has one is refused.
    Call = 6,
    /// An asynchronous invocation, by its request id.
    Invocation = 7,
    /// A transaction of the tables that was done, by its token.
    Token = 8,
    /// What API calls made of a bus, rule or archive, by its name.
    Changed = 9,
}

/// One entry that is written or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    kind: Kind,
    key: Vec<u8>,
    value: Option<Vec<u8>>,
}

impl Change {
    /// An entry that takes the place of what is under the key.
    pub(crate) fn put(kind: Kind, key: impl Into<Vec<u8>>, value: &impl Serialize) -> Self {
        // Values are plain data, which JSON can always write.
        Self { kind, key: key.into(), value: Some(serde_json::to_vec(value).unwrap_or_default()) }
    }

    /// Its kind, key and value; none where it goes.
    #[cfg(test)]
    pub(crate) fn into_parts(self) -> (Kind, Vec<u8>, Option<Vec<u8>>) {
        (self.kind, self.key, self.value)
    }

    /// An entry that goes.
    pub(crate) fn remove(kind: Kind, key: impl Into<Vec<u8>>) -> Self {
        Self { kind, key: key.into(), value: None }
    }
}

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or written.
    #[error("cannot store queues and events in {path}")]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Another stage has it.
    #[error("{0} is used by another running stage; use a separate folder for each")]
    InUse(PathBuf),
    /// What was kept cannot be taken up.
    #[error("{path} contains {what} that cannot be read: {reason}; use another folder")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What it is about.
        what: &'static str,
        /// Why.
        reason: String,
    },
}

/// The store. Cheap to clone; clones share the file.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    connection: Arc<Mutex<Connection>>,
    path: Arc<Path>,
}

impl Store {
    /// Opens the store of a data folder, which is made where there is none.
    pub(crate) fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                StoreError::InUse(path.clone())
            }
            _ => StoreError::Database { path: path.clone(), source },
        };
        // Where the folder cannot be made, the file cannot be opened, and that is told.
        let _ = std::fs::create_dir_all(folder);
        let connection = Connection::open(&path).map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
                 CREATE TABLE IF NOT EXISTS kept (kind INTEGER, key BLOB, value BLOB, PRIMARY KEY (kind, key))
                 WITHOUT ROWID;",
            )
            .map_err(failed)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), path: path.into() })
    }

    /// Makes changes, all or none.
    pub(crate) fn commit(&self, changes: &[Change]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut connection, changes)
            .map_err(|source| StoreError::Database { path: self.path.to_path_buf(), source })
    }

    /// Every entry of a kind, by key. `what` is what they are called where one cannot be read.
    pub(crate) fn load<T: DeserializeOwned>(
        &self,
        kind: Kind,
        what: &'static str,
    ) -> Result<Vec<(Vec<u8>, T)>, StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |source| StoreError::Database { path: self.path.to_path_buf(), source };
        let mut query = connection
            .prepare("SELECT key, value FROM kept WHERE kind = ? ORDER BY key")
            .map_err(failed)?;
        let row =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
        let rows = query.query_map([kind as i64], row).map_err(failed)?;
        let mut entries = Vec::new();
        for found in rows {
            let (key, value) = found.map_err(failed)?;
            let value = serde_json::from_slice(&value)
                .map_err(|error| self.unreadable(what, error.to_string()))?;
            entries.push((key, value));
        }
        Ok(entries)
    }

    /// Makes every commit from now on fail.
    #[cfg(test)]
    pub(crate) fn break_down(&self) {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = connection.execute_batch("DROP TABLE kept;");
    }

    /// That something in it cannot be taken up.
    pub(crate) fn unreadable(&self, what: &'static str, reason: String) -> StoreError {
        StoreError::Unreadable { path: self.path.to_path_buf(), what, reason }
    }
}

fn write(connection: &mut Connection, changes: &[Change]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for change in changes {
        write_one(&transaction, change)?;
    }
    transaction.commit()
}

fn write_one(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    let kind = change.kind as i64;
    match &change.value {
        Some(value) => transaction
            .prepare_cached("INSERT OR REPLACE INTO kept (kind, key, value) VALUES (?, ?, ?)")?
            .execute(params![kind, change.key, value])?,
        None => transaction
            .prepare_cached("DELETE FROM kept WHERE kind = ? AND key = ?")?
            .execute(params![kind, change.key])?,
    };
    Ok(())
}
