//! DynamoDB: the tables of the template in `dynoxide`, served over HTTP by a thread of their own.
//!
//! A call is carried out on the thread that reads it (`front`), so that thread does nothing else. Functions talk to it
//! directly, as each hop would cost them and the stage CPU; the AWS endpoint passes on what comes to it (`wire`), which
//! is also where faults can be put in between.
//!
//! Known deviations: those of `dynoxide`; a request that cannot be read is told so in the words of its reader, which
//! are not always DynamoDB's (`call`); capacity is unlimited; a stream has one shard, which is never closed; backups,
//! global tables and encryption are refused or inert; items expire within a minute and a half of their time, not within
//! days.

mod arn;
mod call;
mod error;
mod expression;
mod front;
mod index;
mod lifecycle;
mod projection;
mod shard;
mod stream;
mod token;
mod units;
mod update;
mod wire;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use dynoxide::Database;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::cpu;
use crate::http::Visitors;
use crate::journal::Journal;
use crate::log::Log;
use crate::metrics::TableMetrics;
use crate::store::Store;
use crate::template::Table;
pub use error::TableError;
use token::Tokens;
use units::Units;
use update::Moment;
pub(crate) use wire::Proxy;

/// How often expired items are removed.
const SWEEP_INTERVAL: Duration = Duration::from_secs(60);

/// The file below the data folder.
const FILE: &str = "dynamodb.sqlite";

/// What tables are served with.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableContext {
    /// Where tokens survive the stage.
    pub(crate) store: Option<Store>,
    /// What happened lately.
    pub(crate) journal: Journal,
    /// Who may send requests.
    pub(crate) visitors: Visitors,
    /// What calls would be charged.
    pub(crate) units: Units,
    /// Held to read by each call, and to write while a table is changed as a whole.
    pub(crate) gate: Gate,
}

pub(crate) type Gate = Arc<RwLock<()>>;

/// The tables of a stage, until they are dropped.
pub struct Tables {
    database: Database,
    gate: Gate,
    address: SocketAddr,
    units: Units,
    thread_name: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Tables {
    /// Creates what is not there yet, and serves it.
    ///
    /// # Errors
    /// When the data folder cannot be used, or a table cannot be created as the template says.
    pub fn start(tables: &[Table], data_dir: Option<&Path>, log: &Log) -> Result<Self, TableError> {
        Self::serve(tables, data_dir, &TableContext::default(), log)
    }

    /// As [`start`](Tables::start), with what surrounds them.
    pub(crate) fn serve(
        tables: &[Table],
        data_dir: Option<&Path>,
        around: &TableContext,
        log: &Log,
    ) -> Result<Self, TableError> {
        let tokens = around.store.clone().map(Tokens::kept_in).transpose()?.unwrap_or_default();
        let around = around.clone();
        let units = around.units.clone();
        let database = open(data_dir)?;
        let gate = Arc::clone(&around.gate);
        update::finish(&database)?;
        for table in tables {
            if let Some(note) = update::bring(&database, table, Moment::Start)? {
                log.problem(&table.name, &note);
            }
        }
        let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(TableError::Serve)?;
        listener.set_nonblocking(true).map_err(TableError::Serve)?;
        let address = listener.local_addr().map_err(TableError::Serve)?;
        let (stop, stopped) = oneshot::channel();
        let (started, thread_name) = std::sync::mpsc::sync_channel(1);
        let log = log.clone();
        let served = database.clone();
        let thread = std::thread::Builder::new().name("stage-tables".to_owned()).spawn(move || {
            // Nobody listens any more when the stage failed to start for another reason.
            let _ = started.send(cpu::this_thread());
            if let Err(error) = serve(listener, served, tokens, stopped, around) {
                log.problem("tables", &error.to_string());
            }
        });
        Ok(Self {
            database,
            gate,
            address,
            units,
            thread_name: thread_name.recv().ok().flatten(),
            stop: Some(stop),
            thread: Some(thread.map_err(TableError::Serve)?),
        })
    }

    /// Tables in memory by the requests that create them, as the DynamoDB API spells those; for tests of functions.
    ///
    /// # Errors
    /// As [`start`](Tables::start).
    pub fn in_memory(requests: impl IntoIterator<Item = Value>) -> Result<Self, TableError> {
        let table = |request: Value| {
            let name = request["TableName"].as_str().unwrap_or_default().to_owned();
            Table { id: name.clone(), name, request, ttl_attribute: None }
        };
        let tables: Vec<Table> = requests.into_iter().map(table).collect();
        Self::start(&tables, None, &Log::silent())
    }

    /// Where DynamoDB is served.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What calls would have been charged, by table.
    #[must_use]
    pub fn units(&self) -> BTreeMap<String, TableMetrics> {
        self.units.read()
    }

    /// CPU time that the tables have used.
    #[must_use]
    pub fn cpu_time(&self) -> Duration {
        self.thread_name.as_deref().and_then(cpu::of_thread).unwrap_or_default()
    }
}

impl Drop for Tables {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to be waited for.
            let _ = thread.join();
        }
    }
}

fn open(data_dir: Option<&Path>) -> Result<Database, TableError> {
    let Some(folder) = data_dir else { return Ok(Database::memory()?) };
    let unusable = |source| TableError::Folder { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let path = folder.join(FILE);
    let text =
        path.to_str().ok_or_else(|| unusable(std::io::Error::other("its name is not UTF-8")))?;
    Ok(Database::new(text)?)
}

fn create(database: &Database, table: &Table) -> Result<(), TableError> {
    let failed = |message: String| TableError::Create { name: table.name.clone(), message };
    let request = parse(table.request.clone()).map_err(failed)?;
    database.create_table(request).map_err(|error| failed(error.to_string()))?;
    update::expire(database, table).map_err(failed)
}

fn parse<T: serde::de::DeserializeOwned>(request: Value) -> Result<T, String> {
    serde_json::from_value(request).map_err(|error| error.to_string().replace("VALIDATION:", ""))
}

fn serve(
    listener: std::net::TcpListener,
    database: Database,
    tokens: Tokens,
    stopped: oneshot::Receiver<()>,
    around: TableContext,
) -> Result<(), TableError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(TableError::Serve)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(TableError::Serve)?;
        let (sweeping, gate) = (database.clone(), Arc::clone(&around.gate));
        let sweep = tokio::spawn(async move {
            loop {
                tokio::time::sleep(SWEEP_INTERVAL).await;
                // No table is made anew meanwhile.
                let _unchanged = gate.read().unwrap_or_else(PoisonError::into_inner);
                // An item that could not be removed now is found again the next time.
                let _ = sweeping.sweep_ttl();
            }
        });
        tokio::select! {
            () = front::serve(listener, database, tokens, around) => {}
            // Closing the channel says stop as well as sending does.
            _ = stopped => {}
        }
        sweep.abort();
        Ok(())
    })
}
