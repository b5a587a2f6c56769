//! Entries, of which only those that were used last are in memory. A long run has a million of them, and once a promise
//! was kept its entry is read again only when the run is over. The others are in a temporary file that nobody else sees.
//! Where no file can be written, all of them stay in memory.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io;
use std::num::{NonZeroI64, NonZeroU64};
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};

use super::Thing;
use super::entry::{Entry, StepOutcome};

/// Words of an entry in a page.
const ROW: usize = 16;

/// Words before its key.
const HEAD: usize = 9;

/// The word that says how an entry stands.
const STATE: usize = 7;

/// What that word has for [`StepOutcome::Unknown`].
const UNKNOWN: u64 = 2;

/// The longest key that stands in the entry itself.
const LONGEST: usize = (ROW - HEAD) * 8;

/// Entries of a page.
const ENTRIES: usize = 256;

/// Words of a page.
const PAGE: usize = ENTRIES * ROW;

/// How many pages are in memory: 8 MiB.
const MOST: usize = 256;

/// An entry, and the thing under its key where that is the only one and the entry, too.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) thing: Option<Thing>,
}

/// A list of entries.
#[derive(Debug, Default)]
pub(super) struct Rows {
    n_rows: usize,
    pages: RefCell<Pages>,
    workflows: Vec<&'static str>,
    /// Keys that are too long for their entries.
    long: BTreeMap<usize, Box<str>>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.n_rows
    }

    pub(super) fn push(&mut self, row: &Row) {
        if self.n_rows.is_multiple_of(ENTRIES) {
            self.pages.get_mut().add();
        }
        self.n_rows += 1;
        self.set(self.n_rows - 1, row);
    }

    pub(super) fn get(&self, index: usize) -> Row {
        let mut words = [0; ROW];
        let from = index % ENTRIES * ROW;
        self.pages.borrow_mut().with(index / ENTRIES, |page, _| {
            words.copy_from_slice(&page[from..from + ROW]);
        });
        self.read(index, &words)
    }

    pub(super) fn set(&mut self, index: usize, row: &Row) {
        let words = self.write(index, row);
        let from = index % ENTRIES * ROW;
        self.pages.get_mut().with(index / ENTRIES, |page, is_changed| {
            page[from..from + ROW].copy_from_slice(&words);
            *is_changed = true;
        });
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Row> + Clone {
        (0..self.n_rows).map(|index| self.get(index))
    }

    /// Why entries could not be read back, if that happened.
    pub(super) fn fault(&self) -> Option<String> {
        self.pages.borrow().fault.clone()
    }

    fn write(&mut self, index: usize, Row { entry, thing }: &Row) -> [u64; ROW] {
        let print = |print: Option<NonZeroU64>| print.map_or(0, NonZeroU64::get);
        let (outcome, status) = match entry.outcome {
            StepOutcome::Accepted => (0, 0),
            StepOutcome::Refused(status) => (1, status),
            StepOutcome::Unknown => (UNKNOWN, 0),
        };
        let holds = entry.holds.map_or(0, |holds| 1 + u64::from(holds));
        let mut words = [0; ROW];
        words[0] = entry.sent_us.cast_unsigned();
        words[1] = print(entry.print);
        words[2] = print(thing.map(|thing| thing.print));
        words[3] = thing.map_or(0, |thing| thing.at_us).cast_unsigned();
        words[4] = entry.asked_us.map_or(0, NonZeroI64::get).cast_unsigned();
        words[5] = pair(entry.answered_after_us, thing.map_or(0, |thing| thing.n_times));
        words[6] = entry.slot;
        words[STATE] =
            u64::from(entry.n_attempts) | u64::from(status) << 32 | outcome << 48 | holds << 56;
        let key = entry.key.as_bytes();
        if key.len() <= LONGEST {
            self.long.remove(&index);
            for (word, bytes) in words[HEAD..].iter_mut().zip(key.chunks(8)) {
                let mut whole = [0; 8];
                whole[..bytes.len()].copy_from_slice(bytes);
                *word = u64::from_le_bytes(whole);
            }
        } else {
            self.long.insert(index, entry.key.clone());
        }
        words[8] =
            pair(u32::try_from(key.len()).unwrap_or(u32::MAX), self.workflow(entry.workflow));
        words
    }

    fn read(&self, index: usize, words: &[u64; ROW]) -> Row {
        let (answered_after_us, n_times) = halves(words[5]);
        let (n_bytes, workflow) = halves(words[8]);
        let (n_attempts, rest) = halves(words[STATE]);
        let outcome = match rest >> 16 & 0xff {
            0 => StepOutcome::Accepted,
            1 => StepOutcome::Refused((rest & 0xffff) as u16),
            _ => StepOutcome::Unknown,
        };
        let key = match self.long.get(&index) {
            Some(long) => long.clone(),
            None => {
                let bytes = words[HEAD..].iter().flat_map(|word| word.to_le_bytes());
                let bytes: Vec<u8> = bytes.take(n_bytes as usize).collect();
                String::from_utf8_lossy(&bytes).into()
            }
        };
        let at_us = words[3].cast_signed();
        let entry = Entry {
            workflow: self.workflows.get(workflow as usize).copied().unwrap_or_default(),
            slot: words[6],
            key,
            outcome,
            n_attempts,
            sent_us: words[0].cast_signed(),
            answered_after_us,
            asked_us: NonZeroI64::new(words[4].cast_signed()),
            print: NonZeroU64::new(words[1]),
            holds: match rest >> 24 {
                0 => None,
                holds => Some(holds == 2),
            },
        };
        Row { entry, thing: NonZeroU64::new(words[2]).map(|print| Thing { print, at_us, n_times }) }
    }

    /// The number of a workflow. A system has few.
    fn workflow(&mut self, id: &'static str) -> u32 {
        let known = self.workflows.iter().position(|known| *known == id);
        let index = known.unwrap_or_else(|| {
            self.workflows.push(id);
            self.workflows.len() - 1
        });
        u32::try_from(index).unwrap_or_default()
    }
}

fn pair(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

fn halves(word: u64) -> (u32, u32) {
    (word as u32, (word >> 32) as u32)
}

/// Pages in memory and in the file.
#[derive(Debug, Default)]
struct Pages {
    all: Vec<Page>,
    /// Those in memory, in the order in which they came there.
    in_memory: VecDeque<usize>,
    file: Option<File>,
    /// Whether the file takes no more, so that memory has to.
    is_full: bool,
    fault: Option<String>,
}

/// A page; without words where it is only in the file.
#[derive(Debug)]
struct Page {
    words: Option<Box<[u64]>>,
    /// Whether the file does not have it as it is.
    is_changed: bool,
}

impl Pages {
    fn add(&mut self) {
        self.all.push(Page { words: Some(vec![0; PAGE].into()), is_changed: true });
        self.in_memory.push_back(self.all.len() - 1);
        self.make_room(self.all.len() - 1);
    }

    /// Does something with a page; the closure says whether it changed it.
    fn with(&mut self, page: usize, work: impl FnOnce(&mut [u64], &mut bool)) {
        if self.all.get(page).is_some_and(|one| one.words.is_none()) {
            let words = self.fetch(page).unwrap_or_else(|error| {
                self.fault = Some(error.to_string());
                unknown()
            });
            self.all[page].words = Some(words);
            self.in_memory.push_back(page);
            self.make_room(page);
        }
        if let Some(Page { words: Some(words), is_changed }) = self.all.get_mut(page) {
            work(words, is_changed);
        }
    }

    /// Moves the oldest pages to the file, but not the one that is needed now.
    fn make_room(&mut self, needed: usize) {
        while self.in_memory.len() > MOST && !self.is_full {
            let Some(oldest) = self.in_memory.pop_front() else { return };
            if oldest == needed {
                self.in_memory.push_back(oldest);
                continue;
            }
            if self.all[oldest].is_changed && self.store(oldest).is_err() {
                self.in_memory.push_front(oldest);
                self.is_full = true;
                return;
            }
            self.all[oldest] = Page { words: None, is_changed: false };
        }
    }

    fn store(&mut self, page: usize) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(temporary()?),
        };
        let words = self.all[page].words.iter().flatten();
        let bytes: Vec<u8> = words.flat_map(|word| word.to_le_bytes()).collect();
        file.write_all_at(&bytes, place(page))
    }

    fn fetch(&self, page: usize) -> io::Result<Box<[u64]>> {
        let mut bytes = vec![0; PAGE * 8];
        let file = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        file.read_exact_at(&mut bytes, place(page))?;
        let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        Ok(bytes.chunks_exact(8).map(word).collect())
    }
}

/// A page that could not be read back: nothing is known of its entries.
fn unknown() -> Box<[u64]> {
    let mut words = vec![0; PAGE];
    words.iter_mut().skip(STATE).step_by(ROW).for_each(|word| *word = UNKNOWN << 48);
    words.into()
}

fn place(page: usize) -> u64 {
    (page * PAGE * 8) as u64
}

/// A file that has no name any more: it goes with the process, however that ends.
fn temporary() -> io::Result<File> {
    let name = format!("ledger-{}", uuid::Uuid::new_v4());
    let path = std::env::temp_dir().join(name);
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(index: u64) -> Row {
        let key = match index % 3 {
            0 => String::new(),
            1 => format!("key-{index}-ü"),
            _ => format!("{index:060}"),
        };
        let mut entry = Entry::new(
            if index.is_multiple_of(2) { "even" } else { "odd" },
            index,
            &key,
            jiff::Timestamp::UNIX_EPOCH,
        );
        entry.sent_us = -(index as i64);
        entry.outcome = [StepOutcome::Accepted, StepOutcome::Refused(599), StepOutcome::Unknown]
            [(index % 3) as usize];
        entry.n_attempts = u32::MAX - index as u32;
        entry.answered_after_us = index as u32;
        entry.asked_us = NonZeroI64::new(index as i64 - 5);
        entry.print = NonZeroU64::new(index);
        entry.holds = [None, Some(true), Some(false)][(index % 3) as usize];
        let thing = NonZeroU64::new(index % 4).map(|print| Thing { print, at_us: -7, n_times: 9 });
        Row { entry, thing }
    }

    fn same(found: &Row, expected: &Row) {
        assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    }

    #[test]
    fn what_went_to_the_file_comes_back_as_it_was_last() {
        let n_rows = (ENTRIES * (MOST + 3)) as u64;
        let mut rows = Rows::default();
        (0..n_rows).for_each(|index| rows.push(&row(index)));
        assert!(rows.pages.borrow().file.is_some());
        // One that is in the file already, as one in another order.
        rows.set(1, &row(4));
        for index in (0..n_rows).rev().step_by(97) {
            same(&rows.get(index as usize), &row(if index == 1 { 4 } else { index }));
        }
        same(&rows.get(1), &row(4));
        assert_eq!(
            rows.iter().map(|row| row.entry.slot).sum::<u64>(),
            (0..n_rows).sum::<u64>() + 3
        );
        assert!(rows.pages.borrow().in_memory.len() <= MOST && rows.fault().is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn without_room_for_a_file_all_stays_in_memory() {
        let mut rows = Rows::default();
        let full = OpenOptions::new().read(true).write(true).open("/dev/full");
        rows.pages.get_mut().file = full.ok();
        let n_rows = (ENTRIES * (MOST + 3)) as u64;
        (0..n_rows).for_each(|index| rows.push(&row(index)));
        same(&rows.get(0), &row(0));
        assert!(rows.pages.borrow().is_full && rows.fault().is_none());
    }
    #[test]
    fn what_cannot_be_read_back_is_unknown() {
        let mut rows = Rows::default();
        (0..(ENTRIES * (MOST + 3)) as u64).for_each(|index| rows.push(&row(index)));
        rows.pages.get_mut().file = None;
        for index in [0, ENTRIES - 1] {
            assert_eq!(rows.get(index).entry.outcome, StepOutcome::Unknown);
        }
        assert!(rows.fault().is_some());
    }
}
