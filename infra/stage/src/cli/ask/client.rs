//! What all of these commands share: their options, the way to a running stage, and the names of what it has.
//!
//! Owns the note of where the stage of a folder runs, so that nobody has to type its address.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use clap::Args;
use http_body_util::Full;
use hyper::Request;
use serde_json::Value;

use super::{list, text_of};
use crate::cli::say;
use crate::{binaries, http, percent};

/// The options of all these commands.
#[derive(Debug, Args)]
pub(in crate::cli) struct Common {
    /// The AWS endpoint of the stage [default: the stage last started in this folder]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,

    /// Print one line of JSON for each entry
    #[arg(long)]
    json: bool,

    /// The maximum number of entries; the latest are shown
    #[arg(long, value_name = "N", default_value = "50")]
    pub(super) limit: NonZeroUsize,
}

/// A name that nothing of the stage has.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(in crate::cli) struct Unknown(pub(super) String);

impl Common {
    /// The name of a part, given by its name or logical id.
    pub(super) async fn named(&self, kind: &str, name: &str) -> anyhow::Result<String> {
        let system = self.get("/_stage/system").await?;
        let parts = list(&system["parts"]).iter().filter(|part| part["kind"] == kind);
        let parts: Vec<&Value> = parts.collect();
        let is_meant = |part: &&&Value| part["name"] == name || part["logicalId"] == name;
        if let Some(part) = parts.iter().find(is_meant) {
            return Ok(text_of(&part["name"]).to_owned());
        }
        let names: Vec<&str> = parts.iter().map(|part| text_of(&part["name"])).collect();
        let there = match names.as_slice() {
            [] => format!("the stage has no {kind}"),
            names => format!("there are {}", names.join(", ")),
        };
        bail!(Unknown(format!("the {kind} `{name}` does not exist; {there}")))
    }

    /// Who writes log lines: a function, or whatever else the stage has written lines of.
    pub(super) async fn writer(&self, name: &str) -> anyhow::Result<String> {
        let path = format!("/_stage/logs?limit=1&of={}", percent::encoded(name.as_bytes()));
        if !list(&self.get(&path).await?["lines"]).is_empty() {
            return Ok(name.to_owned());
        }
        self.named("function", name).await
    }

    /// Prints a thing as it is wanted.
    pub(super) fn show(&self, thing: &Value, plain: impl FnOnce() -> String) {
        say(&format!("{}\n", if self.json { thing.to_string() } else { plain() }));
    }

    pub(super) fn title(&self, text: &str) {
        if !self.json {
            say(&format!("{text}\n"));
        }
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Request::get(path), Bytes::new()).await
    }

    pub(super) async fn call(&self, target: &str, request: &Value) -> anyhow::Result<Value> {
        // The tables want credentials, whichever they are.
        let credentials = "AWS4-HMAC-SHA256 Credential=console/20260101/us-east-1/dynamodb/aws4_request, \
                           SignedHeaders=host, Signature=none";
        let head = Request::post("/")
            .header("x-amz-target", target)
            .header("authorization", credentials)
            .header("x-amz-date", "20260101T000000Z");
        self.send(head, request.to_string().into()).await
    }

    async fn send(
        &self,
        head: hyper::http::request::Builder,
        body: Bytes,
    ) -> anyhow::Result<Value> {
        let endpoint = match &self.endpoint {
            Some(endpoint) => endpoint.clone(),
            None => Note::read()?,
        };
        let host = endpoint.strip_prefix("http://").unwrap_or(&endpoint).trim_end_matches('/');
        let mut connection = http::connect(host).await.with_context(|| {
            format!("no stage is running at {endpoint}; start one, or pass --endpoint")
        })?;
        let request = head.header("host", host).body(Full::new(body))?;
        let response = http::exchange(&mut connection, request).await?;
        let status = response.status();
        let value: Value = serde_json::from_slice(response.body()).with_context(|| {
            format!("{endpoint} is not a stage: it returned {status} without JSON")
        })?;
        if !status.is_success() {
            let message = value["message"].as_str().or(value["Message"].as_str());
            bail!("{}", message.unwrap_or(status.as_str()));
        }
        Ok(value)
    }
}

/// Says where the stage of this folder runs, as long as it does.
pub(in crate::cli) struct Note(PathBuf);

impl Note {
    fn path() -> PathBuf {
        let here = Path::new(".");
        let folder = binaries::target_folder(here).unwrap_or_else(|_| here.join("target"));
        folder.join("stage").join("endpoint")
    }

    /// Notes a stage. Where it cannot be noted, commands have to be told.
    pub(in crate::cli) fn write(endpoint: &str) -> Self {
        let path = Self::path();
        if let Some(folder) =
            path.parent().filter(|folder| folder.parent().is_some_and(Path::is_dir))
        {
            let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, endpoint));
        }
        Self(path)
    }

    fn read() -> anyhow::Result<String> {
        std::fs::read_to_string(Self::path())
            .ok()
            .context("no stage was started in this folder; start one, or pass --endpoint")
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
