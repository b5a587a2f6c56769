//! What is loaded: a stage of our own on this machine, a deployed stack by its name, or whatever answers at a URL.
//! The rest of the harness asks it for a base URL and for what it shows of itself, and does not know which it is.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;
use stage::Stage;
use tokio::task::JoinSet;

use crate::aws::Aws;
use crate::base::{Base, http_client};
use crate::cpu;
use crate::faults::{FaultFigures, Faults};
use crate::lines::Lines;
use crate::messages::Messages;
use crate::options::{RunArgs, StageChoice};
use crate::progress::Progress;
use crate::stack::{self, Depths, Stack};
use crate::system::{Channel, System};
use crate::terminal::count;
use crate::watcher::{self, Watcher};

mod local;
mod observed;

pub(crate) use observed::Observation;
use observed::observation;

/// How often the queues of a deployed stack are asked. SQS knows nothing newer within a second.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// How long a target may take to accept a connection before the run.
const CONNECTS_WITHIN: Duration = Duration::from_secs(10);

/// The target of a run that had a stage of its own.
pub(crate) const LOCAL_STAGE: &str = "local stage";

/// A stage that takes requests.
pub enum Target {
    /// One of our own, which ends with the run, and what goes wrong on it on purpose.
    Local(Box<Stage>, Option<Faults>),
    /// A deployed stack, which shows its queues and tables.
    Stack(Box<Deployed>),
    /// A deployed one, of which nothing is seen but its answers.
    Url,
}

/// A deployed stack, and what its queues held when they were last asked.
pub struct Deployed {
    stack: Stack,
    watcher: Mutex<Option<Watcher>>,
    aws: Aws,
    /// What other runs left in its account.
    leftovers: Vec<String>,
    latest: Arc<Mutex<Observation>>,
    /// The one task that asks; dropping the set ends it.
    _tasks: JoinSet<()>,
}

impl Deployed {
    /// The stack.
    #[must_use]
    pub(crate) fn stack(&self) -> &Stack {
        &self.stack
    }

    /// The way to its account.
    #[must_use]
    pub fn aws(&self) -> &Aws {
        &self.aws
    }

    /// What other runs made in its account to see messages, and what is still there.
    #[must_use]
    pub fn leftovers(&self) -> &[String] {
        &self.leftovers
    }

    /// Whether nothing lay in its queues when they were last asked, dead letters aside.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.queues.values().all(|depth| *depth == 0)
    }

    /// Begins to follow the queues, from what they hold now.
    fn follow(
        stack: Stack,
        aws: Aws,
        depths: Depths,
        watcher: Option<Watcher>,
        leftovers: Vec<String>,
    ) -> Self {
        let latest = Arc::new(Mutex::new(of_queues(depths)));
        let mut tasks = JoinSet::new();
        let (asked, queues, told) = (aws.clone(), stack.queues.clone(), Arc::clone(&latest));
        tasks.spawn(async move {
            loop {
                tokio::time::sleep(ASK_EVERY).await;
                // A question without an answer leaves a gap in a chart, and says nothing about the system.
                if let Ok(depths) = Depths::read(&asked, &queues).await {
                    *told.lock().unwrap_or_else(PoisonError::into_inner) = of_queues(depths);
                }
            }
        });
        Self { stack, watcher: Mutex::new(watcher), aws, leftovers, latest, _tasks: tasks }
    }
}

fn of_queues(depths: Depths) -> Observation {
    let Depths { queues, dead_letters } = depths;
    Observation { queues, dead_letters, ..Observation::default() }
}

/// What a target is started for.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The folder with `spec` and `generated`.
    pub workspace: &'a Path,
    /// The run's own name.
    pub run: &'a str,
    /// What is loaded.
    pub system: &'static System,
    /// Who is told of messages.
    pub messages: &'a Arc<Messages>,
    /// Who keeps what functions write.
    pub lines: &'a Arc<Lines>,
}

/// Why a stage is not loaded that could be.
#[derive(Debug, thiserror::Error)]
#[error("{0} is a production stage; pass --allow-production to load it anyway")]
pub(crate) struct Production(String);

impl Target {
    /// Makes the target of a run ready, and tells its URL.
    ///
    /// # Errors
    /// When generated code is stale, the functions do not build, or the stage does not start; when a stack cannot be
    /// found or is not whole; [`Production`] when customers use the stage and nobody said that it may be loaded.
    pub async fn start(
        args: &RunArgs,
        around: &Around<'_>,
        progress: &Progress,
    ) -> anyhow::Result<(Arc<Self>, String)> {
        let messages = around.messages;
        match &args.stage {
            StageChoice::Local => {
                let faults = Faults::of(args);
                let stage = local::start(args, around, faults.as_ref(), progress).await?;
                let url = stage.api_url().to_owned();
                Ok((Arc::new(Self::Local(Box::new(stage), faults)), url))
            }
            StageChoice::Stack(name) => {
                let deployed = find_stack(args, name, around, progress).await?;
                let url = deployed.stack.url.clone();
                Ok((Arc::new(Self::Stack(Box::new(deployed))), url))
            }
            StageChoice::Url(url) => {
                let is_production = stack::stage_of(url).is_some_and(stack::is_production);
                if is_production && !args.allow_production {
                    return Err(Production(url.clone()).into());
                }
                connect(url).await?;
                messages.ledger().be_blind();
                Ok((Arc::new(Self::Url), url.clone()))
            }
        }
    }

    /// The deployed stack, where it is one.
    #[must_use]
    pub fn deployed(&self) -> Option<&Deployed> {
        match self {
            Self::Stack(deployed) => Some(deployed),
            Self::Local(..) | Self::Url => None,
        }
    }

    /// The stage of our own, where it is one.
    #[must_use]
    pub fn local(&self) -> Option<&Stage> {
        match self {
            Self::Local(stage, _) => Some(stage),
            Self::Stack(_) | Self::Url => None,
        }
    }

    /// Publishes a message on a bus of the target.
    ///
    /// # Errors
    /// When the target has no bus that is reached, or the bus does not take it.
    pub async fn publish(
        &self,
        client: &reqwest::Client,
        channel: &Channel,
        detail: &Value,
    ) -> anyhow::Result<()> {
        match self {
            Self::Local(stage, _) => {
                let bus = match stage.plan().buses.iter().find(|bus| bus.id == channel.bus) {
                    Some(bus) => &bus.name,
                    None if channel.bus == "default" => "default",
                    None => bail!("the template has no bus {}", channel.bus),
                };
                let request = client
                    .post(stage.aws_endpoint())
                    .header("content-type", "application/x-amz-json-1.1")
                    .header("x-amz-target", "AWSEvents.PutEvents")
                    .body(watcher::entry(bus, channel, detail)?.to_string());
                let answer = request.send().await?;
                let status = answer.status().as_u16();
                watcher::taken(&watcher::read_answer(status, &answer.text().await?)?)
            }
            Self::Stack(deployed) => {
                watcher::publish(&deployed.aws, &deployed.stack, channel, detail).await
            }
            Self::Url => bail!("a URL alone does not show the bus to publish to"),
        }
    }

    /// Ends what [`Target::start`] started.
    pub async fn shutdown(self) {
        if let Self::Local(stage, _) = self {
            stage.shutdown().await;
        }
    }

    /// Removes what the run made to see messages; says what could not be.
    pub async fn unwatch(&self) -> Vec<String> {
        let Self::Stack(deployed) = self else { return Vec::new() };
        let watcher = deployed.watcher.lock().unwrap_or_else(PoisonError::into_inner).take();
        match watcher {
            Some(mut watcher) => watcher.remove().await,
            None => Vec::new(),
        }
    }

    /// What the stage shows; nothing, where only its URL is known.
    #[must_use]
    pub fn observe(&self) -> Option<Observation> {
        match self {
            Self::Local(stage, _) => {
                let mut observation = observation(&stage.metrics());
                observation.add_template(stage.plan());
                Some(observation)
            }
            Self::Stack(deployed) => {
                let latest = deployed.latest.lock().unwrap_or_else(PoisonError::into_inner);
                let mut observation = latest.clone();
                let own = cpu::of_this_process_ms().map(|ms| (cpu::GENERATOR.to_owned(), ms));
                observation.cpu_ms.extend(own);
                Some(observation)
            }
            Self::Url => None,
        }
    }

    /// Whether nobody else uses the stage, so that everything on it is ours.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Local(..))
    }

    /// What has gone wrong on purpose so far; `None` when nothing was to.
    #[must_use]
    pub fn faults(&self) -> Option<FaultFigures> {
        match self {
            Self::Local(_, faults) => faults.as_ref().map(Faults::figures),
            Self::Stack(_) | Self::Url => None,
        }
    }

    /// What reports call it.
    #[must_use]
    pub fn label(&self, base: &Base) -> String {
        match self {
            Self::Local(..) => LOCAL_STAGE.to_owned(),
            Self::Stack(deployed) => format!("stack {} at {}", deployed.stack.name, base.url()),
            Self::Url => base.url().to_owned(),
        }
    }
}

/// Whether nothing is under way behind the API; `None` when the target does not show it.
pub(crate) trait Idle {
    /// Asks the target.
    fn is_idle(&self) -> Option<bool>;
}

impl Idle for Target {
    fn is_idle(&self) -> Option<bool> {
        // Only our own stage knows for certain: SQS counts approximately, and shows no invocation.
        let observation = self.observe().filter(|_| self.is_ours())?;
        let is_quiet = observation.in_flight == 0 && observation.under_way == 0;
        Some(is_quiet && observation.queues.values().all(|depth| *depth == 0))
    }
}

/// Makes sure that somebody listens at a URL: a run against nobody says nothing, and its errors do not say why.
async fn connect(url: &str) -> anyhow::Result<()> {
    let parsed = reqwest::Url::parse(url).context("the URL of the target")?;
    let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = parsed.port_or_known_default().unwrap_or_default();
    let connected = tokio::net::TcpStream::connect((host, port));
    let failed = match tokio::time::timeout(CONNECTS_WITHIN, connected).await {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer within {} s", CONNECTS_WITHIN.as_secs()),
    };
    bail!("{url}: connection failed: {failed}; start the target, or correct --stage")
}

/// Finds a stack, makes sure that it may be loaded, and begins to follow its queues.
async fn find_stack(
    args: &RunArgs,
    name: &str,
    around: &Around<'_>,
    progress: &Progress,
) -> anyhow::Result<Deployed> {
    let aws = Aws::load(http_client().context("cannot set up an HTTP client")?).await?;
    let stack = stack::find(&aws, name, args.api_url.as_deref()).await?;
    if stack.is_production && !args.allow_production {
        return Err(Production(format!("the stack `{}`", stack.name)).into());
    }
    let depths = Depths::read(&aws, &stack.queues).await?;
    let waiting: u64 = depths.queues.values().sum();
    progress.done(
        "stack",
        &format!(
            "{} in {}: {} queues with {} messages and {} dead letters, {} tables",
            stack.name,
            aws.region(),
            stack.queues.len(),
            count(waiting),
            count(depths.dead_letters),
            stack.tables.len(),
        ),
    );
    let leftovers = watcher::of_other_runs(&aws, &stack, around.system).await;
    let (watcher, seen) =
        Watcher::start(&aws, &stack, around.run, around.system, around.messages).await;
    if let Err(error) = seen {
        progress.done("messages", &format!("are not visible: {error:#}"));
    }
    if !watcher.as_ref().is_some_and(Watcher::reads) {
        around.messages.ledger().be_blind();
    }
    Ok(Deployed::follow(stack, aws, depths, watcher, leftovers))
}
