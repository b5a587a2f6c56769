//! Asks the console of a running local stage.
//!
//! Owns the address of the stage, and as much of HTTP as one question on loopback takes. Reads no answer.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::Folders;
use crate::read;

/// The stage that was started in this folder.
const LOCAL: &str = "local";

/// Where a stage writes its address while it runs, below the workspace.
const NOTE: &str = "target/stage/endpoint";

/// How long an answer may take, and how long it may be.
const TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What a stage has at a path.
pub(super) fn get(stage: &str, folders: &Folders, path: &str) -> Result<String> {
    let endpoint = if stage == LOCAL { noted(folders)? } else { stage.to_owned() };
    let host = endpoint.trim().strip_prefix("http://").unwrap_or(endpoint.trim());
    let host = host.trim_end_matches('/');
    let answer = ask(host, path).with_context(|| {
        format!("no local stage responds at {endpoint}; start one with `stage`")
    })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split(' ').nth(1) != Some("200") {
        let status = head.lines().next().unwrap_or_default();
        bail!("{endpoint} is not the AWS endpoint of a local stage that keeps a journal: {status}");
    }
    Ok(body.to_owned())
}

fn noted(folders: &Folders) -> Result<String> {
    let workspace = folders.spec.canonicalize().context("cannot find the contracts")?;
    let note = workspace.parent().unwrap_or(&workspace).join(NOTE);
    let endpoint = read::text_if_there(&note)?;
    endpoint.context(
        "no stage is running in this folder; start one, or name its AWS endpoint with --stage",
    )
}

fn ask(host: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(MAX_BYTES).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
