//! Arrivals that a file lists: seconds from the start of the load, one a line, and after a comma the workflow. The file is
//! read once, line by line, and eight bytes of an arrival are kept.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::arrivals::Schedule;
use crate::terminal::count;

/// The most arrivals of a file: 80 MB of memory.
const MAX_ARRIVALS: usize = 10_000_000;

/// The most workflows of a file. A second column that holds something else has more.
const MAX_WORKFLOWS: usize = 1_000;

/// The longest line that is read.
const MAX_LINE_BYTES: u64 = 4_096;

/// The arrivals of a file.
#[derive(Debug, PartialEq)]
pub struct Listed {
    path: PathBuf,
    lists: Vec<List>,
}

/// Those of a workflow; of the first one where none is named.
#[derive(Debug, PartialEq)]
struct List {
    workflow: Option<String>,
    /// The first line of them.
    line: usize,
    /// Rising, in nanoseconds.
    times: Arc<Vec<u64>>,
}

impl Listed {
    /// Reads a file.
    ///
    /// # Errors
    /// What is no arrival, with its line, and more arrivals or workflows than are kept.
    pub fn read(path: &Path) -> Result<Self, String> {
        let failed = |why: std::io::Error| format!("{}: {why}", path.display());
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        // Of each workflow, the first line and the times.
        let mut lists: HashMap<Option<String>, (usize, Vec<u64>)> = HashMap::new();
        let (mut bytes, mut n_arrivals) = (vec![], 0);
        for number in 1.. {
            bytes.clear();
            let n_read =
                (&mut file).take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes).map_err(failed)?;
            if n_read == 0 {
                break;
            }
            let wrong = |why: &str| format!("{}:{number}: {why}", path.display());
            if n_read as u64 == MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
                return Err(wrong("the line is too long for an arrival"));
            }
            let text = String::from_utf8_lossy(&bytes);
            let Some((time, workflow)) = arrival(text.trim()).map_err(|why| wrong(&why))? else {
                continue;
            };
            n_arrivals += 1;
            if n_arrivals > MAX_ARRIVALS {
                let most = count(MAX_ARRIVALS as u64);
                return Err(wrong(&format!("a file has at most {most} arrivals; divide it")));
            }
            lists.entry(workflow.map(str::to_owned)).or_insert((number, vec![])).1.push(time);
            if lists.len() > MAX_WORKFLOWS {
                let most = count(MAX_WORKFLOWS as u64);
                return Err(wrong(&format!(
                    "the second column names more than {most} workflows; it holds workflow ids, or is left out"
                )));
            }
        }
        let lists = lists.into_iter().map(|(workflow, (line, mut times))| {
            times.sort_unstable();
            times.shrink_to_fit();
            List { workflow, line, times: Arc::new(times) }
        });
        let mut lists: Vec<_> = lists.collect();
        lists.sort_unstable_by_key(|list| list.line);
        Ok(Self { path: path.to_owned(), lists })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// When the last arrival is due.
    #[must_use]
    pub fn last(&self) -> Duration {
        let last = self.lists.iter().filter_map(|list| list.times.last()).max();
        Duration::from_nanos(last.copied().unwrap_or_default())
    }

    /// How many there are.
    #[must_use]
    pub fn n_arrivals(&self) -> usize {
        self.lists.iter().map(|list| list.times.len()).sum()
    }

    /// How many of a workflow there are until a time; those without a workflow are the main one's.
    #[must_use]
    pub fn n_of(&self, workflow: &str, is_main: bool, time: Duration) -> usize {
        let is_its = |list: &&List| match &list.workflow {
            Some(name) => name == workflow,
            None => is_main,
        };
        self.lists.iter().filter(is_its).map(|list| n_until(&list.times, time)).sum()
    }

    /// How many there are after a time.
    #[must_use]
    pub fn n_after(&self, time: Duration) -> usize {
        self.lists.iter().map(|list| list.times.len() - n_until(&list.times, time)).sum()
    }

    /// The arrivals of each of these workflows within the load; those without a workflow are the first one's.
    ///
    /// # Errors
    /// An unknown workflow, with its line; no arrival within the load.
    pub fn schedules(
        &self,
        workflows: &[&'static str],
        run_time: Duration,
    ) -> Result<Vec<Schedule>, String> {
        let is_unknown =
            |list: &&List| list.workflow.as_deref().is_some_and(|name| !workflows.contains(&name));
        if let Some(list) = self.lists.iter().find(is_unknown) {
            let name = list.workflow.as_deref().unwrap_or_default();
            return Err(format!(
                "{}:{}: unknown workflow `{name}`; the workflows are {}",
                self.path.display(),
                list.line,
                workflows.join(", ")
            ));
        }
        if self.n_after(run_time) == self.n_arrivals() {
            let (path, seconds) = (self.path.display(), run_time.as_secs_f64());
            return Err(format!("{path}: no arrival within {seconds} s"));
        }
        let of = |(index, workflow): (usize, &&'static str)| {
            let is_its = |list: &&List| match &list.workflow {
                Some(name) => name == workflow,
                None => index == 0,
            };
            let mut found = self.lists.iter().filter(is_its).map(|list| &list.times);
            let times = match (found.next(), found.next()) {
                (None, _) => Arc::default(),
                (Some(only), None) => Arc::clone(only),
                (Some(one), Some(other)) => {
                    let mut both = [one.as_slice(), other.as_slice()].concat();
                    both.sort_unstable();
                    Arc::new(both)
                }
            };
            let n_times = n_until(&times, run_time);
            Schedule::given(times, n_times)
        };
        Ok(workflows.iter().enumerate().map(of).collect())
    }
}

/// How many of rising times are no later.
fn n_until(times: &[u64], time: Duration) -> usize {
    times.partition_point(|one| u128::from(*one) <= time.as_nanos())
}

/// The time and the workflow of a line; nothing of an empty one and of a comment.
fn arrival(line: &str) -> Result<Option<(u64, Option<&str>)>, String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (seconds, workflow) = match line.split_once(',') {
        Some((seconds, workflow)) => (seconds.trim(), Some(workflow.trim())),
        None => (line, None),
    };
    let time = seconds.parse().ok().filter(|time| (0.0..=86_400.0).contains(time));
    let shown: String = seconds.chars().take(40).collect();
    let time =
        time.ok_or_else(|| format!("`{shown}` is not a number of seconds from 0 to 86400"))?;
    Ok(Some((Duration::from_secs_f64(time).as_nanos() as u64, workflow)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::profile::Profile;

    const TEN: Duration = Duration::from_secs(10);

    /// What a file with this text is read as.
    fn listed(name: &str, text: &[u8]) -> Result<Listed, String> {
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let read = Listed::read(&path);
        std::fs::remove_file(path).unwrap();
        read
    }

    #[test]
    fn a_file_says_who_comes_when() {
        let listed = listed("who", b"# load\n0.5\n0.25, browse\r\n\n0.1,checkout\n11\n").unwrap();
        let all = listed.schedules(&["checkout", "browse"], TEN).unwrap();
        let times = all.iter().map(|schedule| {
            schedule.arrivals().map(|arrival| arrival.after.as_millis()).collect::<Vec<_>>()
        });
        assert_eq!(times.collect::<Vec<_>>(), [vec![100, 500], vec![250]]);
        assert_eq!(all[0].n_due_within(Duration::from_millis(500)), 1);
        assert_eq!((listed.n_arrivals(), listed.n_after(TEN)), (4, 1));
        let unknown = listed.schedules(&["checkout"], TEN).unwrap_err();
        assert!(unknown.ends_with(":3: unknown workflow `browse`; the workflows are checkout"));
    }

    #[test]
    fn what_is_no_arrival_is_told_with_its_line() {
        let requests: String = (0..2_000).map(|n| format!("1,request-{n}\n")).collect();
        for (text, why) in [
            (&b"1\nsoon\n"[..], ":2: `soon` is not a number"),
            (b"nan", ":1: `nan` is not"),
            (b"-1", "from 0 to 86400"),
            (b"1e9", "from 0 to 86400"),
            (b"\xff\xfe1", ":1: `"),
            (&[b'1'; 9_000], "too long"),
            (requests.as_bytes(), ":1001: the second column names more than"),
        ] {
            let said = listed("wrong", text).unwrap_err();
            assert!(said.contains(why), "{why}: {said}");
        }
        assert!(Listed::read(Path::new("/no/such/file")).is_err());
    }

    #[test]
    fn a_file_says_how_long_the_load_lasts() {
        let path = std::env::temp_dir().join(format!("arrivals-{}", std::process::id()));
        std::fs::write(&path, "1.5,browse\n31.25\n").unwrap();
        let profile: Profile = path.to_str().unwrap().parse().unwrap();
        // Nobody reads it again.
        std::fs::remove_file(path).unwrap();
        let Profile::File(listed) = &profile else { panic!("{profile:?}") };
        assert_eq!(listed.last(), Duration::from_millis(31_250));
        let left_out = |seconds| profile.left_out(Duration::from_secs(seconds));
        assert!(left_out(31).unwrap().starts_with("1 of the 2 arrivals of "));
        assert_eq!(left_out(32), None);
        let of = |run_time| listed.schedules(&["browse"], Duration::from_secs(run_time));
        assert!(of(2).is_ok());
        assert!(of(1).unwrap_err().ends_with(": no arrival within 1 s"));
    }
}
