//! What compiling costs: processor time from a clone to the first verdict, and after one line of a rule or of a contract
//! changed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::{Both, row};

const RULE: &str = "services/ordering/src/place_order.rs";
const CONTRACT: &str = "spec/product/openapi.yaml";

/// Processor time from a clone to the first verdict, and after one line of a rule or of a contract changed.
pub(crate) fn times(both: Both<'_>) -> Result<()> {
    let mut seconds = [[0.0; 2]; 4];
    for (at, root) in both.iter().enumerate() {
        let clone = Clone::of(root, at)?;
        run(clone.cargo().args(["fetch", "--quiet"]))?;
        let verdict = ["run", "--quiet", "-p", "loadtest", "--", "--quiet", "--run-time", "5s"];
        seconds[0][at] = spent(|| run(clone.cargo().args(verdict)))?;
        clone.append(RULE, "// A line more.\n")?;
        seconds[1][at] = spent(|| run(clone.cargo().args(verdict)))?;
        clone.replace(CONTRACT, "maxLength: 2000", "maxLength: 1999")?;
        run(clone.cargo().args(["run", "--quiet", "-p", "codegen"]))?;
        seconds[2][at] = spent(|| run(clone.cargo().args(verdict)))?;
        seconds[3][at] =
            spent(|| run(clone.cargo().args(["test", "--quiet", "--workspace", "--no-run"])))?;
    }
    let names = [
        "clone to first verdict",
        "the same after a line of a rule changed",
        "the same after a property of a contract changed",
        "`cargo test --workspace` compiled, after that",
    ];
    names.iter().zip(seconds).for_each(|(name, seconds)| row(name, "s", seconds));
    Ok(())
}

/// A clone that goes when it is dropped.
struct Clone(PathBuf);

impl Clone {
    fn of(root: &Path, at: usize) -> Result<Self> {
        let clone = Self(std::env::temp_dir().join(format!("against-{}-{at}", std::process::id())));
        run(Command::new("git").args(["clone", "--quiet"]).arg(root).arg(&clone.0))?;
        Ok(clone)
    }

    fn cargo(&self) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&self.0).env_remove("CARGO_TARGET_DIR");
        command
    }

    fn append(&self, path: &str, line: &str) -> Result<()> {
        let path = self.0.join(path);
        let text = std::fs::read_to_string(&path)?;
        Ok(std::fs::write(path, text + line)?)
    }

    fn replace(&self, path: &str, old: &str, new: &str) -> Result<()> {
        let path = self.0.join(path);
        let text = std::fs::read_to_string(&path)?;
        if !text.contains(old) {
            bail!("{} has no `{old}` to be changed", path.display());
        }
        Ok(std::fs::write(path, text.replacen(old, new, 1))?)
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        // What stays behind stays in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().context("cannot start a process")?;
    // A load test whose objectives are missed on a busy machine has built all the same.
    if status.code().is_none_or(|code| code > 3) {
        bail!("{command:?} failed");
    }
    Ok(())
}

/// The processor time that processes took which were started and waited for meanwhile, in seconds.
fn spent(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = of_children()?;
    work()?;
    Ok((of_children()? - before).as_secs_f64())
}

/// Fields 16 and 17 of `stat`, in hundredths of a second.
fn of_children() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = stat.rsplit_once(')').context("`/proc/self/stat` has no name")?;
    let fields: Vec<u64> = rest.split_whitespace().skip(13).take(2).flat_map(str::parse).collect();
    Ok(Duration::from_millis(fields.iter().sum::<u64>() * 10))
}
