//! What a warm invocation of `GET /product/{id}` costs the function, and how much memory it has then; the function of
//! each checkout on that checkout's own stage.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use harness::Operation;
use harness::callers::{Callers, Wallet};
use serde_json::{Deserializer, Value};
use workflows::system::{CREATE_PRODUCT, GET_PRODUCT};

use crate::{Both, row};

/// Rounds in turns, and invocations in each.
const ROUNDS: (usize, u32) = (9, 300);

/// Measures processor time and memory of both checkouts' functions.
pub(crate) fn invocations(both: Both<'_>) -> Result<()> {
    let mut functions = [Function::start(both[0])?, Function::start(both[1])?];
    let mut spent: [Vec<f64>; 2] = Default::default();
    for _ in 0..ROUNDS.0 {
        for (function, spent) in functions.iter_mut().zip(&mut spent) {
            spent.push(function.round()?);
        }
    }
    // What else runs on the machine only ever adds to a round.
    let least = |rounds: Vec<f64>| rounds.into_iter().fold(f64::INFINITY, f64::min);
    row("function, warm invocation of `GET /product/{id}`", "ms", spent.map(least));
    let [before, after] = &functions;
    row("function, memory after that", "MB", [before.resident_mb()?, after.resident_mb()?]);
    Ok(())
}

/// A stage with the one function that is measured.
struct Function {
    stage: Child,
    connection: BufReader<TcpStream>,
    /// Credentials of the checkout's local issuer; a checkout of before there were any has none, and asks for none.
    callers: Callers,
    path: String,
    pid: String,
}

impl Function {
    fn start(root: &Path) -> Result<Self> {
        let programs = root.join("target/debug");
        let mut command = Command::new(programs.join("stage"));
        command.current_dir(root).args(["--json", "--no-build", "--port", "0"]);
        command.arg("--bin-dir").arg(&programs).stdout(Stdio::piped());
        let spawned = command.spawn();
        let mut stage = spawned.with_context(|| format!("{} is not built", root.display()))?;
        let output = stage.stdout.take().context("the stage has no output")?;
        let told = Deserializer::from_reader(output).into_iter::<Value>().next();
        let told = told.context("the stage did not start")??;
        let url = told["apis"][0]["url"].as_str().context("the stage has no API")?;
        let rest = url.strip_prefix("http://").context("the API has no address")?;
        let (address, base) = rest.split_once('/').unwrap_or((rest, ""));
        let base = format!("/{base}").trim_end_matches('/').to_owned();
        let connection = BufReader::new(TcpStream::connect(address)?);
        let issuer = stage::cli::issuer_of(url, root);
        let callers = Callers::new(issuer, BTreeMap::new());
        let (path, pid) = (String::new(), String::new());
        let mut function = Self { stage, connection, callers, path, pid };
        let product =
            r#"{"name":"a","description":"b","imageFile":"c.png","price":1.5,"category":"d"}"#;
        let created = function.call(&CREATE_PRODUCT, &format!("{base}/product"), product)?;
        let id = created["id"].as_str().with_context(|| format!("no product: {created}"))?;
        function.path = format!("{base}/product/{id}");
        // The first invocations make clients and connections.
        (0..200).try_for_each(|_| function.get())?;
        function.pid = child_of(function.stage.id(), "product")?;
        Ok(function)
    }

    /// Processor time of an invocation in milliseconds, over a round of them.
    fn round(&mut self) -> Result<f64> {
        let before = self.spent_ms()?;
        (0..ROUNDS.1).try_for_each(|_| self.get())?;
        Ok((self.spent_ms()? - before) / f64::from(ROUNDS.1))
    }

    fn get(&mut self) -> Result<()> {
        let path = self.path.clone();
        self.call(&GET_PRODUCT, &path, "").map(drop)
    }

    /// A request and the JSON of its answer, which must be a success.
    fn call(&mut self, operation: &Operation, path: &str, body: &str) -> Result<Value> {
        let (method, n_bytes) = (operation.method, body.len());
        let credentials = self.callers.credentials(operation, None, &mut Wallet::default());
        let credentials: String =
            credentials.iter().map(|one| format!("{}: {}\r\n", one.name, one.value)).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {n_bytes}\r\n{credentials}\r\n{body}"
        );
        self.connection.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut n_bytes) = (String::new(), 0);
        self.connection.read_line(&mut status)?;
        loop {
            let mut line = String::new();
            self.connection.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                n_bytes = value.trim().parse()?;
            }
        }
        let mut body = vec![0; n_bytes];
        self.connection.read_exact(&mut body)?;
        if !status.starts_with("HTTP/1.1 2") {
            bail!("{method} {path}: {status}{}", String::from_utf8_lossy(&body));
        }
        Ok(serde_json::from_slice(&body)?)
    }

    /// What the kernel accounts to all threads of the process.
    fn spent_ms(&self) -> Result<f64> {
        let mut nanoseconds = 0.0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.pid))? {
            let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
            let first = text.split(' ').next().unwrap_or_default();
            nanoseconds += first.parse::<f64>().context("no accounting of processor time")?;
        }
        Ok(nanoseconds / 1e6)
    }

    fn resident_mb(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()).context("no VmRSS")?;
        Ok(kib.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        // Its functions end with it. One that is gone already is as good.
        let _ = self.stage.kill();
        let _ = self.stage.wait();
    }
}

/// The process of this name that another one started.
fn child_of(parent: u32, name: &str) -> Result<String> {
    for entry in std::fs::read_dir("/proc")? {
        let pid = entry?.file_name().to_string_lossy().into_owned();
        // What is no process, or is gone by now, has none.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let Some((begin, rest)) = stat.rsplit_once(") ") else { continue };
        let is_child = rest.split(' ').nth(1) == Some(parent.to_string().as_str());
        if is_child && begin.ends_with(&format!("({name}")) {
            return Ok(pid);
        }
    }
    bail!("no process `{name}`")
}
