//! Manifests that run workers on machines of somebody else's: a Kubernetes indexed Job, and a state machine of Step
//! Functions whose distributed map starts a Fargate task for each worker and one that merges. Reports go to S3. Pure:
//! arguments in, text out; nothing is applied.

use std::time::Duration;

use askama::Template;
use clap::{Args, Parser as _, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cli::Cli;
use crate::destination::Destination;
use crate::options::RunArgs;
use crate::system::System;

/// How long a worker may take beyond the load before it is ended: to start, to drain and to report.
const SPARE: Duration = Duration::from_secs(1_800);

/// Which manifest.
#[derive(Debug, Subcommand)]
pub enum Manifest {
    /// A Kubernetes Job, a worker for each index
    Kubernetes {
        /// When the first slot is due: leave time for images to be pulled
        #[arg(long, value_name = "TIMESTAMP", value_parser = crate::options::parse::instant)]
        start_at: Timestamp,
        /// The image whose entry point is this program
        #[arg(long)]
        image: String,
        /// The ServiceAccount whose role may write to the bucket
        #[arg(long, value_name = "NAME", default_value = "default")]
        service_account: String,
        /// What every worker is
        #[command(flatten)]
        workers: Workers,
    },
    /// A Step Functions state machine, a Fargate task for each worker and one that merges
    StepFunctions {
        /// ECS cluster, by name or ARN
        #[arg(long)]
        cluster: String,
        /// Task definition; the entry point of its container `loadtest` is this program
        #[arg(long, value_name = "ARN")]
        task_definition: String,
        /// Subnets, with commas between them
        #[arg(long, value_name = "IDS", value_delimiter = ',', required = true)]
        subnets: Vec<String>,
        /// Seconds from the start of the execution to the first slot, for tasks to be placed and images to be pulled
        #[arg(long, value_name = "SECONDS", default_value = "180")]
        lead: u64,
        /// What every worker is
        #[command(flatten)]
        workers: Workers,
    },
}

/// What every worker is.
#[derive(Debug, Args)]
pub struct Workers {
    /// How many workers
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    workers: u64,
    /// Where reports go: `s3://BUCKET/PREFIX`
    #[arg(long, value_name = "S3 URL", value_parser = parse_results)]
    results: String,
    /// Processors of each worker
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u64).range(1..=96))]
    cpus: u64,
    /// Memory of each worker, in MiB
    #[arg(long, value_name = "MIB", default_value = "4096", value_parser = clap::value_parser!(u64).range(256..=245_760))]
    memory: u64,
    /// What every worker is asked for, after `--`: `--stage shop-dev --rate 4000 --run-time 10m`
    #[arg(last = true, required = true)]
    args: Vec<String>,
}

fn parse_results(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    match text.parse() {
        Ok(Destination::Object { .. }) => Ok(text.to_owned()),
        _ => Err("expected `s3://BUCKET/PREFIX` of letters, digits and `-_./=`".to_owned()),
    }
}

impl Manifest {
    /// The manifest as text.
    ///
    /// # Errors
    /// When the workers' arguments are invalid, or say what the manifest says.
    pub fn render(&self, system: &System) -> Result<String, String> {
        match self {
            Self::Kubernetes { start_at, image, service_account, workers } => {
                workers.check(system)?;
                Ok(workers.kubernetes(*start_at, image, service_account, system))
            }
            Self::StepFunctions { cluster, task_definition, subnets, lead, workers } => {
                workers.check(system)?;
                workers.check_fargate()?;
                let task = |name: &str| workers.task(name, cluster, task_definition, subnets);
                let machine = workers.state_machine(*lead, &task, system);
                // A value of plain maps and texts is always JSON.
                Ok(serde_json::to_string_pretty(&machine).unwrap_or_default() + "\n")
            }
        }
    }
}

#[derive(Template)]
#[template(path = "kubernetes.yaml", escape = "none")]
struct Job<'a> {
    name: String,
    system: &'a str,
    workers: u64,
    deadline: u64,
    service_account: String,
    image: String,
    args: Vec<String>,
    cpus: u64,
    memory: u64,
    results: &'a str,
    reports: String,
}

impl Workers {
    fn check(&self, system: &System) -> Result<(), String> {
        let taken = ["--worker", "--start-at", "--json", "--report"];
        let says = |arg: &&String| {
            taken.iter().any(|one| arg == one || arg.starts_with(&format!("{one}=")))
        };
        if let Some(arg) = self.args.iter().find(says) {
            return Err(format!("`{arg}` is set by the manifest for each worker: remove it"));
        }
        let args = std::iter::once("loadtest").chain(self.args.iter().map(String::as_str));
        let cli = Cli::try_parse_from(args).map_err(|error| error.to_string())?;
        let run = RunArgs { worker: Some(crate::arrivals::Part::ALL), ..cli.run };
        run.check(system)
    }

    /// Fargate has memory for processors in steps only.
    fn check_fargate(&self) -> Result<(), String> {
        let (least, most, step) = match self.cpus {
            1 => (2, 8, 1),
            2 => (4, 16, 1),
            4 => (8, 30, 1),
            8 => (16, 60, 4),
            16 => (32, 120, 8),
            _ => return Err("--cpus: Fargate has 1, 2, 4, 8 or 16 CPU cores".to_owned()),
        };
        let gib = self.memory / 1024;
        let fits = (least..=most).contains(&gib) && gib.is_multiple_of(step);
        if !self.memory.is_multiple_of(1024) || !fits {
            return Err(format!(
                "--memory: for {} CPU cores Fargate has {} to {} MiB in steps of {}",
                self.cpus,
                least * 1024,
                most * 1024,
                step * 1024
            ));
        }
        Ok(())
    }

    /// Run time of the load, after which hanging workers may be ended.
    fn deadline(&self) -> u64 {
        let args = std::iter::once("loadtest").chain(self.args.iter().map(String::as_str));
        let time = Cli::try_parse_from(args).map(|cli| cli.run.run_time()).unwrap_or_default();
        (time + SPARE).as_secs()
    }

    /// Arguments of the worker that `index` stands for.
    fn args_of(&self, index: &str, start_at: &str) -> Vec<String> {
        let own = [
            format!("--worker={index}/{}", self.workers),
            format!("--start-at={start_at}"),
            format!("--json={}/{index}.json", self.results),
            "--report=/tmp/report.html".to_owned(),
        ];
        self.args.iter().cloned().chain(own).collect()
    }

    fn kubernetes(
        &self,
        start_at: Timestamp,
        image: &str,
        service_account: &str,
        system: &System,
    ) -> String {
        let args = self.args_of("$(JOB_COMPLETION_INDEX)", &start_at.to_string());
        // A `$(` in the workers' arguments is not a variable of Kubernetes.
        let n_own = self.args.len();
        let quoted = args
            .iter()
            .enumerate()
            .map(|(n, arg)| if n < n_own { quote(&arg.replace("$(", "$$(")) } else { quote(arg) });
        let job = Job {
            name: job_name(system.name),
            system: system.name,
            workers: self.workers,
            deadline: self.deadline(),
            service_account: quote(service_account),
            image: quote(image),
            args: quoted.collect(),
            cpus: self.cpus,
            memory: self.memory,
            results: &self.results,
            reports: self.reports(),
        };
        // The template is checked when this crate is built, and writing to a string cannot fail.
        job.render().unwrap_or_default()
    }

    /// A Fargate task that runs to its end.
    fn task(&self, command: &str, cluster: &str, definition: &str, subnets: &[String]) -> Value {
        json!({
            "Type": "Task",
            "Resource": "arn:aws:states:::ecs:runTask.sync",
            "TimeoutSeconds": self.deadline(),
            "Arguments": {
                "Cluster": cluster,
                "TaskDefinition": definition,
                "LaunchType": "FARGATE",
                "NetworkConfiguration": {
                    "AwsvpcConfiguration": { "Subnets": subnets, "AssignPublicIp": "DISABLED" },
                },
                "Overrides": {
                    "Cpu": (self.cpus * 1024).to_string(),
                    "Memory": self.memory.to_string(),
                    "ContainerOverrides": [{ "Name": "loadtest", "Command": command }],
                },
            },
        })
    }

    fn state_machine(&self, lead: u64, task: &impl Fn(&str) -> Value, system: &System) -> Value {
        let merge = [
            "merge".to_owned(),
            self.reports(),
            format!("--json={}/merged.json", self.results),
            "--report=/tmp/merged.html".to_owned(),
        ];
        let mut load = task(&self.command());
        // One that is gone is said by the merge; the others go on.
        load["Catch"] = json!([{ "ErrorEquals": ["States.ALL"], "Next": "Gone" }]);
        load["End"] = json!(true);
        load["Output"] = json!({ "index": "{% $states.input.index %}" });
        let mut judge = task(&jsonata(&merge));
        judge["End"] = json!(true);
        json!({
            "Comment": format!(
                "Load test of {} by {} workers; fails when an objective is missed",
                system.name, self.workers
            ),
            "QueryLanguage": "JSONata",
            "StartAt": "Schedule",
            "States": {
                "Schedule": {
                    "Type": "Pass",
                    "Output": { "startAt": format!("{{% $fromMillis($millis() + {}) %}}", lead * 1_000) },
                    "Next": "Load",
                },
                "Load": {
                    "Type": "Map",
                    "Items": format!(
                        "{{% [[0..{}].{{'index': $, 'startAt': $states.input.startAt}}] %}}",
                        self.workers - 1
                    ),
                    "MaxConcurrency": self.workers,
                    "ToleratedFailurePercentage": 100,
                    "ItemProcessor": {
                        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                        "StartAt": "Worker",
                        "States": {
                            "Worker": load,
                            "Gone": { "Type": "Pass", "Output": { "index": "{% $states.input.index %}", "gone": true }, "End": true },
                        },
                    },
                    "ResultWriter": {
                        "Resource": "arn:aws:states:::s3:putObject",
                        "Arguments": self.results_of_map(),
                    },
                    "Next": "Judge",
                },
                "Judge": judge,
            },
        })
    }

    /// What `merge` calls all reports.
    fn reports(&self) -> String {
        format!("{}/{{0..{}}}.json", self.results, self.workers - 1)
    }

    fn results_of_map(&self) -> Value {
        let (bucket, prefix) =
            self.results.trim_start_matches("s3://").split_once('/').unwrap_or_default();
        json!({ "Bucket": bucket, "Prefix": format!("{prefix}/executions") })
    }

    /// A worker's arguments, as a JSONata expression over the map's item.
    fn command(&self) -> String {
        let fixed: Vec<_> = self.args.iter().map(|arg| literal(arg)).collect();
        format!(
            "{{% [{}, '--worker=' & $string($states.input.index) & '/{}', '--start-at=' & $states.input.startAt, \
             '--json={}/' & $string($states.input.index) & '.json', '--report=/tmp/report.html'] %}}",
            fixed.join(", "),
            self.workers,
            self.results
        )
    }
}

fn jsonata(all: &[String]) -> String {
    let all: Vec<_> = all.iter().map(|one| literal(one)).collect();
    format!("{{% [{}] %}}", all.join(", "))
}

/// A text as JSONata writes it: as JSON does.
fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// A text as YAML writes it between double quotes: as JSON does.
fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

/// A name that Kubernetes takes.
fn job_name(system: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = system.chars().map(plain).take(40).collect();
    format!("load-{}", name.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use clap::Parser;

    use super::*;
    use crate::cli::Command;
    use crate::system::Workflow;

    static CHECKOUT: Workflow = Workflow { id: "checkout", ..Workflow::NEW };
    static SYSTEM: System = System { name: "The Shop", workflows: &[&CHECKOUT], ..System::NEW };

    fn render(of: &[&str], args: &[&str]) -> Result<String, String> {
        let head = ["loadtest", "manifest"];
        let workers = ["--workers", "4", "--results", "s3://results/run/", "--"];
        let cli = Cli::try_parse_from([&head[..], of, &workers, args].concat()).unwrap();
        let Some(Command::Manifest { manifest }) = cli.command else { panic!("no manifest") };
        manifest.render(&SYSTEM)
    }

    const KUBERNETES: [&str; 5] =
        ["kubernetes", "--start-at", "2026-12-01T12:00:00Z", "--image", "shop/load:1"];
    const MACHINE: [&str; 7] = [
        "step-functions",
        "--cluster",
        "load",
        "--task-definition",
        "load:3",
        "--subnets",
        "subnet-1,subnet-2",
    ];

    #[test]
    fn a_job_gives_each_pod_its_index() {
        let yaml =
            render(&KUBERNETES, &["--stage", "shop-dev", "--header", "x: \"$(HOME)\""]).unwrap();
        for part in [
            "name: load-the-shop\n",
            "completionMode: Indexed",
            "completions: 4\n",
            "- \"--worker=$(JOB_COMPLETION_INDEX)/4\"",
            "- \"--start-at=2026-12-01T12:00:00Z\"",
            "- \"--json=s3://results/run/$(JOB_COMPLETION_INDEX).json\"",
            r#"- "x: \"$$(HOME)\"""#,
        ] {
            assert!(yaml.contains(part), "{part}\n{yaml}");
        }
    }

    #[test]
    fn a_state_machine_starts_workers_and_merges() {
        let text = render(&MACHINE, &["--stage", "shop-dev", "--rate", "400"]).unwrap();
        let machine: Value = serde_json::from_str(&text).unwrap();
        let load = &machine["States"]["Load"];
        assert_eq!(load["MaxConcurrency"], 4);
        assert_eq!(load["ResultWriter"]["Arguments"]["Bucket"], "results");
        let worker = &load["ItemProcessor"]["States"]["Worker"];
        let command = &worker["Arguments"]["Overrides"]["ContainerOverrides"][0]["Command"];
        let command = command.as_str().unwrap();
        assert!(
            command.starts_with("{% [\"--stage\", \"shop-dev\", \"--rate\", \"400\", '--worker='")
        );
        let judge = machine["States"]["Judge"].to_string();
        assert!(judge.contains("s3://results/run/{0..3}.json"), "{judge}");
        let odd = [&MACHINE[..], &["--cpus", "2", "--memory", "2048"]].concat();
        let refused = render(&odd, &["--stage", "shop-dev"]).unwrap_err();
        assert!(refused.contains("4096 to 16384"), "{refused}");
    }

    #[test]
    fn arguments_that_no_worker_takes_are_refused() {
        for (args, why) in [
            (&["--rate", "fast"][..], "fast"),
            (&["--stage", "shop-dev", "--worker", "0/4"], "--worker"),
            (&["--rate", "5"], "--stage"),
        ] {
            let refused = render(&KUBERNETES, args).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
