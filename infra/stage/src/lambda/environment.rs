//! One execution environment: a process, the listener it talks to, and its end.
//!
//! Each environment has a port of its own, so that who asks is known without trusting what it says, and any runtime
//! works that knows no more than host and port. Owns the process from start to end, whatever the function does.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::function::Function;
use super::state::EnvironmentId;
use super::wire;
use crate::access::access_key;
use crate::account::ACCOUNT;
use crate::cpu;
use crate::guardian::Guardian;
use crate::memory;

/// How much of what a process wrote last is kept to explain its end, in bytes.
const TAIL_BYTES: usize = 2_048;

/// How long the pipes of a process that is gone are read.
const LAST_WORDS: Duration = Duration::from_millis(50);

/// How often the memory of an environment at work is looked at.
const MEMORY_CHECK: Duration = Duration::from_millis(100);

/// A process that runs.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pid: u32,
    kill: Arc<Notify>,
    guardian: Guardian,
}

impl Live {
    /// Ends the process.
    pub(super) fn kill(&self) {
        self.kill.notify_one();
    }

    /// Stops all of its threads, and those of what it started.
    pub(super) fn freeze(&self) {
        self.guardian.freeze(self.pid);
    }

    /// Lets them go on.
    pub(super) fn thaw(&self) {
        self.guardian.thaw(self.pid);
    }

    /// The CPU time it has used.
    pub(super) fn cpu_time(&self) -> Duration {
        cpu::of_process(self.pid).unwrap_or_default()
    }
}

/// Runs an environment until its process is gone.
pub(super) async fn run(function: Arc<Function>, id: EnvironmentId) {
    let (reason, cpu) = match start(&function).await {
        Ok((listener, child)) => supervise(&function, id, listener, child).await,
        Err(error) => {
            let reason = format!("cannot start {}: {error}", function.program.command.display());
            function.settings.log.problem(function.name(), &reason);
            (End::Exited(reason), Duration::ZERO)
        }
    };
    function.environment_gone(id, &reason, cpu);
}

async fn start(function: &Function) -> std::io::Result<(TcpListener, Child)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let runtime_api = listener.local_addr()?.to_string();
    let child = command(function, &runtime_api).spawn()?;
    Ok((listener, child))
}

/// The environment of a function as Lambda sets it, and nothing of the user's but `PATH`.
fn command(function: &Function, runtime_api: &str) -> Command {
    let declared = &function.declared;
    let settings = &function.settings;
    let program = &function.program;
    let root = &program.root;
    let name = declared.name.as_str();
    let today = jiff::Timestamp::now().strftime("%Y/%m/%d").to_string();
    let stream = format!("{today}/[$LATEST]{}", uuid::Uuid::new_v4().simple());
    let mut command = Command::new(&program.command);
    command
        .args(&program.arguments)
        .env_clear()
        // A function may set these itself.
        .env("LANG", "en_US.UTF-8")
        .env("TZ", ":UTC")
        .envs(program.environment.iter().map(|(name, value)| (name, value)))
        .envs(&declared.environment)
        .env("PATH", search_path(declared.environment.get("PATH"), &program.path))
        .env("_HANDLER", &declared.handler)
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .env("AWS_LAMBDA_FUNCTION_NAME", name)
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", declared.memory_mib.to_string())
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", &declared.logging.group)
        .env(
            "AWS_LAMBDA_LOG_FORMAT",
            if declared.logging.json_level.is_some() { "JSON" } else { "Text" },
        )
        .env("AWS_LAMBDA_LOG_STREAM_NAME", stream)
        .env("LAMBDA_TASK_ROOT", root)
        .env("LAMBDA_RUNTIME_DIR", root)
        .env("AWS_REGION", &settings.region)
        .env("AWS_DEFAULT_REGION", &settings.region)
        .env("AWS_ACCESS_KEY_ID", access_key(name))
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .env("AWS_SESSION_TOKEN", "local")
        .env("AWS_ACCOUNT_ID", ACCOUNT)
        .env("AWS_ENDPOINT_URL", &settings.endpoint)
        .env("JWKS_ENDPOINT_URL", format!("{}{}", settings.endpoint, crate::issuer::JWKS_PATH))
        // The user's own profiles must not reach the function, nor should it look for a machine's role.
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true);
    if let Some(level) = &declared.logging.json_level {
        command.env("AWS_LAMBDA_LOG_LEVEL", level);
    }
    if let Some(endpoint) = &settings.dynamodb_endpoint {
        command.env("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
    }
    command
}

/// `PATH`: what the function declares, folders of layers, and then the user's own, where interpreters are.
fn search_path(declared: Option<&String>, layers: &[PathBuf]) -> OsString {
    let own = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let declared = declared.into_iter().flat_map(std::env::split_paths);
    let folders = declared.chain(layers.iter().cloned()).chain(std::env::split_paths(&own));
    std::env::join_paths(folders).unwrap_or(own)
}

/// Serves the process until it ends or has to; returns why it ended and the CPU time it used.
async fn supervise(
    function: &Arc<Function>,
    id: EnvironmentId,
    listener: TcpListener,
    mut child: Child,
) -> (End, Duration) {
    let Some(pid) = child.id() else {
        return (End::Exited("Runtime exited".to_owned()), Duration::ZERO);
    };
    let guardian = &function.settings.guardian;
    guardian.watch(pid);
    let live = Live { pid, kill: Arc::new(Notify::new()), guardian: guardian.clone() };
    if !function.environment_started(id, live.clone()) {
        live.kill();
    }
    if let Some(guard) = &function.settings.guard {
        guard.environment_starts(&function.declared);
    }
    let tail = Arc::new(Mutex::new(Vec::new()));
    let mut server = JoinSet::new();
    server.spawn(wire::accept(listener, Arc::clone(function), id));
    server.spawn(Arc::clone(function).freeze_when_idle(id));
    let mut readers = JoinSet::new();
    if let Some(stdout) = child.stdout.take() {
        readers.spawn(read_output(stdout, Arc::clone(function), id, Arc::clone(&tail)));
    }
    if let Some(stderr) = child.stderr.take() {
        readers.spawn(read_output(stderr, Arc::clone(function), id, Arc::clone(&tail)));
    }
    // Before the process is waited for: after that, the kernel says nothing of it any more.
    let cpu: Duration;
    let ended = tokio::select! {
        (spent, status) = async { (cpu::of_ended(pid).await, child.wait().await) } => {
            cpu = spent;
            Some(status)
        }
        () = live.kill.notified() => {
            cpu = live.cpu_time();
            None
        }
        mib = outgrown(function, id, pid) => {
            let limit = function.declared.memory_mib;
            let text = format!("exceeded its MemorySize of {limit} MB with {mib} MB, and was ended");
            function.settings.log.problem(function.name(), &text);
            let spent = live.cpu_time();
            let _ = child.start_kill();
            let _ = child.wait().await;
            guardian.release(pid);
            return (End::OutOfMemory, spent);
        }
    };
    let reason = match ended {
        Some(Ok(status)) => {
            // What it started itself may hold the pipes open, so its last words are not waited for without end.
            let _ = tokio::time::timeout(LAST_WORDS, readers.join_all()).await;
            let reason = match status.success() {
                true => "Runtime exited without providing a reason".to_owned(),
                false => format!("Runtime exited with error: {}", describe(status)),
            };
            let tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
            function.settings.log.problem(function.name(), &explained(&reason, &tail));
            reason
        }
        Some(Err(error)) => format!("Runtime exited: {error}"),
        None => {
            // It may be gone already, which is as good.
            let _ = child.start_kill();
            let _ = child.wait().await;
            "Runtime was ended".to_owned()
        }
    };
    guardian.release(pid);
    (End::Exited(reason), cpu)
}

/// Waits until an environment at work holds more memory than its function may, and says how much, in MB. Never ends where
/// memory is not limited, and where the kernel says nothing of it.
async fn outgrown(function: &Function, id: EnvironmentId, pid: u32) -> u64 {
    if !function.settings.limits_memory {
        return std::future::pending().await;
    }
    let limit = u64::from(function.declared.memory_mib);
    loop {
        tokio::time::sleep(MEMORY_CHECK).await;
        if function.is_at_work(id)
            && let Some(mib) = memory::of_process(pid).filter(|mib| *mib > limit)
        {
            return mib;
        }
    }
}

/// How a process ended, as AWS says it.
fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(signal)) => {
            let known = SIGNALS.iter().find(|(number, _)| *number == signal);
            known.map_or_else(|| format!("signal: {signal}"), |(_, name)| format!("signal: {name}"))
        }
        (None, None) => status.to_string(),
    }
}

/// Signals that end processes, as AWS names them.
const SIGNALS: [(i32, &str); 7] = [
    (1, "hangup"),
    (2, "interrupt"),
    (4, "illegal instruction"),
    (6, "aborted"),
    (9, "killed"),
    (11, "segmentation fault"),
    (15, "terminated"),
];

/// Why an environment is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// It ended, or was ended, for this reason.
    Exited(String),
    /// It held more memory than its function may.
    OutOfMemory,
}

fn explained(reason: &str, tail: &[u8]) -> String {
    let tail = String::from_utf8_lossy(tail);
    let tail = tail.trim();
    if tail.is_empty() { reason.to_owned() } else { format!("{reason}; its last words:\n{tail}") }
}

/// How long the rest of a line is waited for before it is asked whether its invocation has ended.
const UNENDED_LINE: Duration = Duration::from_millis(5);

/// Passes lines on where they are wanted; keeps the last bytes in any case.
async fn read_output(
    pipe: impl AsyncRead + Unpin,
    function: Arc<Function>,
    id: EnvironmentId,
    tail: Arc<Mutex<Vec<u8>>>,
) {
    let settings = &function.settings;
    let log = &settings.log;
    let note = || {
        if let Some(guard) = &settings.guard {
            guard.environment_writes(&function.declared);
        }
    };
    if log.wants_output() {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while next_line(&mut lines, &mut line, || function.is_at_work(id)).await {
            keep(&tail, &line);
            note();
            let text = String::from_utf8_lossy(&line);
            let level = function.declared.logging.json_level.as_deref();
            if level.is_none_or(|least| !is_below(&text, least)) {
                log.output(function.name(), text.trim_end_matches(['\r', '\n']));
            }
            line.clear();
        }
    } else {
        let mut pipe = pipe;
        let mut chunk = vec![0; 8_192];
        while let Ok(n) = pipe.read(&mut chunk).await {
            if n == 0 {
                break;
            }
            keep(&tail, &chunk[..n]);
            note();
        }
    }
}

/// Reads a line; one that nobody has ended is as long as it is when its invocation has ended. Answers whether there is one.
async fn next_line(
    lines: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    is_at_work: impl Fn() -> bool,
) -> bool {
    if !lines.fill_buf().await.is_ok_and(|bytes| !bytes.is_empty()) {
        return false;
    }
    loop {
        let rest = lines.take(1 << 20);
        let mut rest = std::pin::pin!(rest);
        match tokio::time::timeout(UNENDED_LINE, rest.read_until(b'\n', line)).await {
            Err(_) if line.is_empty() || is_at_work() => {}
            _ => return !line.is_empty(),
        }
    }
}

/// The levels of Lambda's JSON lines, the lowest first.
const LEVELS: [&str; 6] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/// What is read of a JSON line.
#[derive(serde::Deserialize)]
struct JsonLine<'l> {
    level: Option<&'l str>,
}

/// Whether a line is JSON of a level below another one. A line that has no level is of `INFO`, as Lambda takes it.
fn is_below(line: &str, least: &str) -> bool {
    let rank = |level: &str| LEVELS.iter().position(|known| known.eq_ignore_ascii_case(level));
    let Some(least) = rank(least).filter(|least| *least > 0 && line.starts_with('{')) else {
        return false;
    };
    let Ok(JsonLine { level }) = serde_json::from_str(line) else { return false };
    level.map_or(rank("INFO"), rank).is_some_and(|level| level < least)
}

fn keep(tail: &Mutex<Vec<u8>>, bytes: &[u8]) {
    let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
    tail.extend_from_slice(bytes);
    if tail.len() > 2 * TAIL_BYTES {
        let surplus = tail.len() - TAIL_BYTES;
        tail.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn only_lines_of_a_lower_level_are_left_out() {
        for (line, least, is_left_out) in [
            (r#"{"level":"DEBUG","message":"a"}"#, "INFO", true),
            (r#"{"level":"debug","message":"a"}"#, "INFO", true),
            (r#"{"level":"INFO","message":"a"}"#, "INFO", false),
            (r#"{"level":"ERROR","message":"a"}"#, "WARN", false),
            (r#"{"message":"a"}"#, "INFO", false),
            (r#"{"message":"a"}"#, "ERROR", true),
            (r#"{"level":"NOTICE"}"#, "ERROR", false),
            (r#"{"level":"DEBUG"}"#, "TRACE", false),
            (r#"{"level":30}"#, "ERROR", false),
            ("DEBUG a", "ERROR", false),
            ("{broken", "ERROR", false),
        ] {
            assert_eq!(is_below(line, least), is_left_out, "{line} {least}");
        }
    }
}
