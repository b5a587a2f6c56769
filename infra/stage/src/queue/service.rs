//! Owns the queues of a stage and everything about them that waits: locks, wake-ups, long polls,
//! the way of a message into its dead-letter queue. It refuses to decide what happens to a message:
//! `state` does.

mod entry;
mod queue;

pub(super) use entry::commit;

use super::config::QueueConfig;
use super::error::QueueError;
use super::kept::{self, KeptMessage, KeptQueue, KeptSeen};
use super::moves::Moves;
use super::state::QueueState;
use crate::clock::Clock;
use crate::fault::{Chaos, Failure};
use crate::store::{Kind, Store, StoreError};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::Notify;

/// Where the service says that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The region in ARNs.
    pub region: String,
    /// The account in ARNs and addresses.
    pub account: String,
    /// The address that queue addresses start with, without a slash at its end.
    pub base_url: String,
}

/// All queues of a stage. Cheap to clone; clones share the queues.
#[derive(Clone)]
pub struct QueueService {
    pub(super) shared: Arc<Shared>,
}

/// A queue, as a handle that stays valid while it is used: once the queue is deleted, its calls are
/// refused.
#[derive(Clone)]
pub struct Queue {
    pub(super) shared: Arc<Shared>,
    pub(super) entry: Arc<Entry>,
}

pub(super) struct Shared {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) chaos: Arc<dyn Chaos>,
    pub(super) moves: Mutex<Moves>,
    /// Where queues survive the stage.
    pub(super) store: Option<Store>,
    queues: RwLock<BTreeMap<String, Arc<Entry>>>,
    n_created: AtomicU64,
}

pub(super) struct Entry {
    name: String,
    arn: Arc<str>,
    created_ms: u64,
    modified_ms: AtomicU64,
    is_deleted: AtomicBool,
    tags: Mutex<BTreeMap<String, String>>,
    /// The attributes that the template gave it last.
    declared: Mutex<Option<BTreeMap<String, String>>>,
    state: Mutex<QueueState>,
    store: Option<Store>,
    /// Message numbers that are set aside in the store.
    n_reserved: AtomicU64,
    /// Wakes one receiver when a message can be received, and all of them when one will be sooner
    /// than they think.
    changed: Notify,
}

/// A lock is never held across a panic that leaves a state half changed, so a poisoned one is as
/// good as any.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl QueueService {
    /// A service without queues.
    pub fn new(settings: Settings, clock: Clock, chaos: Arc<dyn Chaos>) -> Self {
        Self::made(settings, clock, chaos, None)
    }

    /// A service whose queues survive the stage, with those that are in the store.
    ///
    /// **Errors**: a store that cannot be read.
    pub(crate) fn kept_in(
        store: Store,
        settings: Settings,
        clock: Clock,
        chaos: Arc<dyn Chaos>,
    ) -> Result<Self, StoreError> {
        let service = Self::made(settings, clock, chaos, Some(store.clone()));
        service.take_up(&store)?;
        Ok(service)
    }

    fn made(settings: Settings, clock: Clock, chaos: Arc<dyn Chaos>, store: Option<Store>) -> Self {
        Self {
            shared: Arc::new(Shared {
                settings,
                clock,
                chaos,
                moves: Mutex::default(),
                store,
                queues: RwLock::default(),
                n_created: AtomicU64::new(0),
            }),
        }
    }

    /// Makes the queues of the store again.
    fn take_up(&self, store: &Store) -> Result<(), StoreError> {
        let mut by_number = BTreeMap::new();
        for (key, kept) in store.load::<KeptQueue>(Kind::Queue, "a queue")? {
            let Some((number, _)) = kept::split_key(&key) else { continue };
            // A configuration that was taken once is taken again, and no queue is lost if it is not.
            let config = QueueConfig::create(&kept.name, &kept.attributes);
            let config = config.map_err(|error| {
                store.unreadable("a queue", format!("`{}`: {error}", kept.name))
            })?;
            let arn = self.shared.arn(&kept.name);
            let mut entry = self.shared.entry(&kept.name, arn, number, config, kept.tags);
            entry.created_ms = kept.created_ms;
            entry.modified_ms = AtomicU64::new(kept.modified_ms);
            entry.n_reserved = AtomicU64::new(kept.n_reserved);
            entry.declared = Mutex::new(kept.declared);
            {
                let mut state = lock(&entry.state);
                state.keep(kept.n_reserved);
                state.purged_ms = kept.purged_ms;
            }
            let entry = Arc::new(entry);
            by_number.insert(number, entry.clone());
            self.shared.n_created.fetch_max(number + 1, Ordering::Relaxed);
            let mut queues = self.shared.queues.write().unwrap_or_else(PoisonError::into_inner);
            queues.insert(kept.name, entry);
        }
        let number_in = |rest: &[u8]| rest.first_chunk().map(|bytes| u64::from_be_bytes(*bytes));
        for (key, kept) in store.load::<KeptMessage>(Kind::Message, "a message")? {
            let found = kept::split_key(&key)
                .and_then(|(queue, rest)| Some((by_number.get(&queue)?, number_in(rest)?)));
            if let Some((entry, number)) = found {
                lock(&entry.state).take_up(number, kept);
            }
        }
        let mut seen = store.load::<KeptSeen>(Kind::Seen, "a deduplication id")?;
        seen.sort_by_key(|(_, kept)| kept.until_ms);
        for (key, kept) in seen {
            let found = kept::split_key(&key).and_then(|(queue, id)| {
                Some((by_number.get(&queue)?, String::from_utf8(id.to_vec()).ok()?))
            });
            if let Some((entry, id)) = found {
                lock(&entry.state).take_up_seen(id, &kept);
            }
        }
        Ok(())
    }

    /// Creates a queue. One that exists with the same values of these attributes is returned as it
    /// is.
    ///
    /// **Errors**: a name or attribute that cannot be, a dead-letter queue that does not exist, a
    /// queue of this name with other attributes.
    pub fn create(
        &self,
        name: &str,
        attributes: &BTreeMap<String, String>,
        tags: BTreeMap<String, String>,
    ) -> Result<Queue, QueueError> {
        let config = QueueConfig::create(name, attributes)?;
        let arn = self.shared.arn(name);
        self.shared.check_redrive(&config, &arn)?;
        let number = self.shared.n_created.fetch_add(1, Ordering::Relaxed);
        let fresh = Arc::new(self.shared.entry(name, arn, number, config.clone(), tags));
        let entry = {
            let mut queues = self.shared.queues.write().unwrap_or_else(PoisonError::into_inner);
            queues.entry(name.to_owned()).or_insert_with(|| fresh.clone()).clone()
        };
        // The lock of the list is not held here: whoever holds the lock of a queue may ask for that
        // of the list.
        if Arc::ptr_eq(&entry, &fresh) {
            entry.write_settings()?;
        } else if let Some(name) = lock(&entry.state).config().first_difference(&config, attributes)
        {
            return Err(QueueError::QueueNameExists(name));
        }
        Ok(self.open(entry))
    }

    /// The queue of this name.
    pub fn queue(&self, name: &str) -> Result<Queue, QueueError> {
        let entry = self.shared.find(name).ok_or(QueueError::QueueDoesNotExist)?;
        Ok(self.open(entry))
    }

    /// The queue with this ARN.
    pub fn queue_by_arn(&self, arn: &str) -> Result<Queue, QueueError> {
        let entry = self.shared.find_arn(arn).ok_or(QueueError::QueueDoesNotExist)?;
        Ok(self.open(entry))
    }

    /// The queue at this address. The host does not matter, so that a stage can be reached by any
    /// of its names. A name alone is taken for an address, as AWS does.
    ///
    /// **Errors**: [`QueueError::InvalidAddress`] for what is no address,
    /// [`QueueError::QueueDoesNotExist`] for one of a queue that does not exist or of none.
    pub fn queue_by_url(&self, url: &str) -> Result<Queue, QueueError> {
        let invalid = || QueueError::InvalidAddress(url.to_owned());
        if !url.is_empty() && !url.contains(['/', ':']) {
            return self.queue(url);
        }
        let (_, rest) = url.split_once("://").ok_or_else(invalid)?;
        let (_, path) = rest.split_once('/').ok_or(QueueError::QueueDoesNotExist)?;
        let (account, name) = path.rsplit_once('/').ok_or_else(invalid)?;
        let is_ours = account.rsplit('/').next() == Some(self.shared.settings.account.as_str());
        if is_ours { self.queue(name) } else { Err(QueueError::QueueDoesNotExist) }
    }

    /// All queues by name.
    pub fn queues(&self) -> Vec<Queue> {
        self.shared.entries().into_iter().map(|entry| self.open(entry)).collect()
    }

    /// The queues whose messages go to this one when they were received too often.
    pub fn sources_of(&self, arn: &str) -> Vec<Queue> {
        let mut queues = self.queues();
        queues.retain(|queue| {
            let state = lock(&queue.entry.state);
            state.config().redrive.as_ref().is_some_and(|redrive| redrive.target_arn == arn)
        });
        queues
    }

    /// Where the service says that it is.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    fn open(&self, entry: Arc<Entry>) -> Queue {
        Queue { shared: self.shared.clone(), entry }
    }
}

impl Shared {
    fn arn(&self, name: &str) -> String {
        format!("arn:aws:sqs:{}:{}:{name}", self.settings.region, self.settings.account)
    }

    fn entry(
        &self,
        name: &str,
        arn: String,
        number: u64,
        config: QueueConfig,
        tags: BTreeMap<String, String>,
    ) -> Entry {
        let now_ms = self.clock.now_ms();
        let mut state = QueueState::new(number, config);
        if self.store.is_some() {
            state.keep(0);
        }
        Entry {
            name: name.to_owned(),
            arn: Arc::from(arn),
            created_ms: now_ms,
            modified_ms: AtomicU64::new(now_ms),
            is_deleted: AtomicBool::new(false),
            tags: Mutex::new(tags),
            declared: Mutex::default(),
            state: Mutex::new(state),
            store: self.store.clone(),
            n_reserved: AtomicU64::new(0),
            changed: Notify::new(),
        }
    }

    fn find(&self, name: &str) -> Option<Arc<Entry>> {
        self.queues.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub(super) fn find_arn(&self, arn: &str) -> Option<Arc<Entry>> {
        let (_, name) = arn.rsplit_once(':')?;
        self.find(name).filter(|entry| &*entry.arn == arn)
    }

    fn entries(&self) -> Vec<Arc<Entry>> {
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        queues.values().cloned().collect()
    }

    /// Checks that the dead-letter queue of a configuration exists, is of the same kind and lets
    /// this queue use it.
    fn check_redrive(&self, config: &QueueConfig, arn: &str) -> Result<(), QueueError> {
        let Some(redrive) = &config.redrive else { return Ok(()) };
        let refuse = |reason: &str| {
            Err(QueueError::InvalidParameterValue(format!(
                "Value {} for parameter RedrivePolicy is invalid. Reason: {reason}",
                config.get("RedrivePolicy").unwrap_or_default()
            )))
        };
        let Some(target) = self.find_arn(&redrive.target_arn) else {
            return refuse("Dead letter target does not exist.");
        };
        let state = lock(&target.state);
        if state.config().fifo.is_some() != config.fifo.is_some() {
            return refuse("Dead-letter queue must be same type of queue as the source.");
        }
        match &state.config().redrive_allow {
            Some(allow) if !allow.allows(arn) => {
                refuse("The redrive allow policy of the dead letter target does not permit it.")
            }
            _ => Ok(()),
        }
    }
}

impl From<Failure> for QueueError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Throttle => Self::RequestThrottled,
            Failure::Internal => Self::InternalError,
            Failure::Unavailable => Self::ServiceUnavailable,
        }
    }
}
