//! Objectives are read strictly and judged exactly.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::heat::Heat;
use crate::latency::Distribution;
use crate::pipeline::Hop;
use crate::system::{Channel, KeptBy, Operation, Promise, Workflow};

static GET: Operation = Operation { id: "getProduct", ..Operation::NEW };
static PUT: Operation = Operation { id: "putBasket", ..Operation::NEW };
static PLACED: Channel = Channel { id: "OrderPlaced", ..Channel::NEW };
static PROMISE: Promise =
    Promise { id: "checkout.placed", kept_by: KeptBy::Message(&PLACED), ..Promise::NEW };
static CHECKOUT: Workflow =
    Workflow { id: "checkout", operations: &[&PUT], promises: &[&PROMISE], ..Workflow::NEW };
static SYSTEM: System = System {
    operations: &[&GET, &PUT],
    channels: &[&PLACED],
    workflows: &[&CHECKOUT],
    ..System::NEW
};

fn latency(values_ms: impl IntoIterator<Item = u64>) -> Latency {
    let mut distribution = Distribution::default();
    for value in values_ms {
        distribution.record_us(value * 1000);
    }
    distribution.figures()
}

fn figures(name: &str, ok: u64, failed: u64, latency: Latency) -> Figures {
    Figures {
        first_byte: Latency::default(),
        name: name.to_owned(),
        ok,
        failed,
        latency,
        course: Vec::new(),
        heat: Heat::default(),
    }
}

fn judge(text: &str, operations: &[Figures], tally: Tally) -> Vec<Judged> {
    judge_runs(text, operations, &[], tally)
}

fn judge_runs(
    text: &str,
    operations: &[Figures],
    workflows: &[Figures],
    tally: Tally,
) -> Vec<Judged> {
    let hop = |kind, from: &str, to: &str, values: std::ops::RangeInclusive<u64>| Hop {
        kind,
        from: from.to_owned(),
        to: to.to_owned(),
        latency: latency(values),
    };
    let hops = vec![
        hop(HopKind::Asked, "asked", "checkout.placed", 1..=1000),
        hop(HopKind::Received, "SalesQueue", "OrderPlaced", 1..=10),
    ];
    let pipeline = Pipeline { hops, ..Pipeline::default() };
    let (lag, tallies) = (latency([1; 100]), [tally]);
    let measured = Measured {
        operations,
        workflows,
        pipeline: &pipeline,
        system: &SYSTEM,
        tallies: &tallies,
        n_planned: 1000,
        n_in_time: 985,
        load_seconds: 10.0,
        lag: &lag,
    };
    Objectives::parse(text).unwrap().judge(&measured)
}

fn refusal(text: &str) -> String {
    let objectives = Objectives::parse(text);
    objectives.and_then(|found| found.check_for(&SYSTEM)).unwrap_err().to_string()
}

fn standings(judged: &[Judged]) -> Vec<Standing> {
    judged.iter().map(|one| one.standing).collect()
}

#[test]
fn failed_runs_are_judged_also_where_no_request_failed() {
    let runs = |ok, failed| [figures("checkout", ok, failed, latency([1]))];
    let share = |text: &str, ok, failed| {
        let judged = judge_runs(text, &[], &runs(ok, failed), Tally::default());
        let found = judged.iter().find(|one| one.name == "run: checkout failed");
        found.map(|one| (one.limit, one.standing))
    };
    // Nobody has to say it for it to be judged.
    for text in ["", "[default]\nworkflows = {p99_ms = 9}\n", "[workflows.checkout]\np99_ms = 9\n"]
    {
        assert_eq!(share(text, 0, 7), Some((USUAL_FAILED_SHARE, Standing::Missed)), "{text}");
        assert_eq!(share(text, 0, 1), Some((USUAL_FAILED_SHARE, Standing::Missed)), "{text}");
        assert_eq!(share(text, 1_000, 0), Some((USUAL_FAILED_SHARE, Standing::Holds)), "{text}");
    }
    let own = "[workflows.checkout]\nerror_share = 0.6\n";
    assert_eq!(share(own, 500, 500), Some((0.6, Standing::Holds)));
    let default = "[default.workflows]\nerror_share = 0.5\n[workflows.checkout]\np99_ms = 9\n";
    assert_eq!(share(default, 400, 600), Some((0.5, Standing::Missed)));
    assert_eq!(share("exempt = [\"workflows.checkout\"]", 0, 7), None);
    let faults = Objectives::parse("[ledger]\nlost = 0\n").unwrap().under_faults();
    assert!(faults.is_exempt("workflows", "checkout"));
    // Its own share takes the latency that all have from no workflow.
    let text = "[default.workflows]\np99_ms = 9\n[workflows.checkout]\nerror_share = 0.5\n";
    assert_eq!(judge_runs(text, &[], &runs(1, 0), Tally::default())[0].name, "run: checkout p99");
}

#[test]
fn what_is_promised_has_a_limit_or_is_exempt() {
    let text = "exempt = [\"operations.*\", \"channels.*\", \"workflows.*\"]\n";
    let said = refusal(text);
    assert!(said.contains("checkout.placed") && said.contains("`[ledger]`"), "{said}");
    for enough in ["exempt = [\"ledger\", ", "[ledger]\nlost = 0\n"] {
        let text = match enough.starts_with('[') {
            true => format!("{text}{enough}"),
            false => text.replace("exempt = [", enough),
        };
        Objectives::parse(&text).unwrap().check_for(&SYSTEM).unwrap();
    }
    assert!(refusal("exempt = [\"ledger\"]\n[ledger]\nlost = 0\n").contains("remove one"));
}

#[test]
fn under_faults_promises_alone_are_judged() {
    let text =
        "[ledger]\nlost = 0\n[requests]\nerror_share = 0.1\n[operations.getProduct]\np99_ms = 1\n";
    let left = Objectives::parse(text).unwrap().under_faults();
    assert_eq!((left.ledger.lost, left.operations.len()), (Some(0), 0));
    assert_eq!(left.requests.error_share, None);
}

#[test]
fn whatever_a_workflow_calls_has_an_objective_or_is_exempt() {
    let text = refusal(
        "[workflows.checkout]\np99_ms = 1\n[channels.OrderPlaced]\npublished_to_received = {p99_ms = 1}\n",
    );
    assert!(text.contains("operations.putBasket") && !text.contains("getProduct"), "{text}");
    assert!(refusal("exempt = [\"operations.*\"]").contains("channels.OrderPlaced"));
    for enough in [
        "exempt = [\"*\"]",
        "exempt = [\"operations.putBasket\", \"channels.*\", \"workflows.checkout\", \"ledger\"]",
        "exempt = [\"channels.*\", \"ledger\"]\n[default]\noperations = {p99_ms = 9}\nworkflows = {p99_ms = 9}\n",
    ] {
        Objectives::parse(enough).unwrap().check_for(&SYSTEM).unwrap();
    }
}

#[test]
fn what_nobody_knows_is_refused() {
    let text = refusal("[ledger]\nlost = 0\nlots = 1\n");
    assert!(text.contains("line 3") && text.contains("lots"), "{text}");
    let text = refusal("[operations.checkOut]\np99_ms = 1\n");
    assert!(text.contains("checkOut") && text.contains("getProduct, putBasket"), "{text}");
    assert!(refusal("[promises.x]\np50_ms = 1\n").contains("checkout.placed"));
}

#[test]
fn an_objective_that_nothing_can_miss_is_refused() {
    static LOOSE: Channel = Channel { id: "Loose", ..Channel::NEW };
    static WITH_LOOSE: System =
        System { channels: &[&PLACED, &LOOSE], workflows: &[&CHECKOUT], ..System::NEW };
    let check = |text: &str| {
        let text = format!("exempt = [\"*\"]\n[channels.Loose]\n{text} = {{p99_ms = 1}}\n");
        Objectives::parse(&text).unwrap().check_for(&WITH_LOOSE)
    };
    let refused = check("asked_to_published").unwrap_err().to_string();
    assert!(refused.contains("channels.Loose"), "{refused}");
    check("published_to_received").unwrap();
}

#[test]
fn limits_that_make_no_sense_are_refused() {
    assert!(refusal("[workflows.checkout]\np99_ms = -1\n").contains("checkout.p99_ms"));
    let text = "[channels.OrderPlaced]\npublished_to_received = {p99_ms = nan}\n";
    assert!(refusal(text).contains("published_to_received.p99_ms"));
    assert!(refusal("[operations.getProduct]\np50_ms = inf\n").contains("getProduct.p50_ms"));
    assert!(refusal("[requests]\nerror_share = 1.5\n").contains("requests.error_share"));
    assert!(refusal("[operations.order_received]\n").contains("order_received` has no limit"));
    assert!(refusal("[ledger]\nlost = -1\n").contains("line 2"));
}

#[test]
fn a_limit_that_is_met_exactly_holds() {
    let operations = [figures("getProduct", 1000, 0, latency([8; 1000]))];
    let met = judge("[operations.getProduct]\np99_ms = 8.01\n", &operations, Tally::default());
    let missed = judge("[operations.getProduct]\np99_ms = 7.9\n", &operations, Tally::default());
    assert_eq!((met[0].standing, missed[0].standing), (Standing::Holds, Standing::Missed));
    assert_eq!((met[0].name.as_str(), met[0].of_generator.round()), ("getProduct p99", 3.0));
}

#[test]
fn few_requests_decide_nothing_and_say_how_many_would() {
    let text = "[operations.getProduct]\np99_ms = 10\n";
    let fast = [figures("getProduct", 30, 0, latency([8; 30]))];
    let judged = judge(text, &fast, Tally::default());
    assert_eq!(judged[0].standing, Standing::Likely);
    assert!((370..400).contains(&judged[0].needed.unwrap()), "{judged:?}");
    // Two of 400 would hold, two of 40 are too many, one of 40 is anybody's guess.
    let slow = |n_slow: usize, n: usize| {
        let values = (0..n).map(|index| if index < n_slow { 50 } else { 8 });
        judge(text, &[figures("getProduct", n as u64, 0, latency(values))], Tally::default())
    };
    assert_eq!(slow(1, 40)[0].standing, Standing::Unsure);
    assert_eq!(slow(2, 40)[0].standing, Standing::Missed);
    assert_eq!(slow(2, 2_000)[0].standing, Standing::Holds);
}

#[test]
fn an_operation_outside_the_mix_is_not_judged() {
    assert!(judge("[operations.getProduct]\np99_ms = 1\n", &[], Tally::default()).is_empty());
}

#[test]
fn messages_are_judged_until_published_and_until_received() {
    let text = "[channels.OrderPlaced]\nasked_to_published = {p50_ms = 100}\n\
                published_to_received = {p50_ms = 100}\n[promises.\"checkout.placed\"]\np50_ms = 900\n";
    let judged = judge(text, &[], Tally::default());
    let names: Vec<_> = judged.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "asked → checkout.placed p50",
            "asked → checkout.placed p50",
            "OrderPlaced → SalesQueue p50"
        ]
    );
    let expected = [Standing::Holds, Standing::Missed, Standing::Holds];
    assert_eq!(standings(&judged), expected, "{judged:?}");
}

#[test]
fn a_promise_of_a_workflow_that_nobody_came_for_is_not_judged() {
    let hop = Hop {
        kind: HopKind::Asked,
        from: "asked".to_owned(),
        to: "checkout.placed".to_owned(),
        latency: Latency::default(),
    };
    let pipeline = Pipeline { hops: vec![hop], ..Pipeline::default() };
    let text = "exempt = [\"*\"]\n[promises.\"checkout.placed\"]\np50_ms = 9\n";
    let n_judged = |workflows: &[Figures]| {
        let measured = Measured {
            operations: &[],
            workflows,
            pipeline: &pipeline,
            system: &SYSTEM,
            tallies: &[],
            n_planned: 0,
            n_in_time: 0,
            load_seconds: 0.0,
            lag: &Latency::default(),
        };
        Objectives::parse(text).unwrap().judge(&measured).len()
    };
    assert_eq!((n_judged(&[]), n_judged(&[figures("checkout", 3, 0, latency([1]))])), (0, 1));
}

#[test]
fn each_request_of_a_run_may_be_late_by_the_generator() {
    let operations = [figures("getProduct", 4_000, 0, latency([1; 4_000]))];
    let runs = [figures("checkout", 1_000, 0, latency([1; 1_000]))];
    let text =
        "exempt = [\"*\"]\n[workflows.checkout]\np99_ms = 1\n[throughput]\nreached_share = 0.99\n";
    let judged = judge_runs(text, &operations, &runs, Tally::default());
    let of = |name: &str| judged.iter().find(|one| one.name == name).unwrap().of_generator;
    assert_eq!(of("run: checkout p99").round(), 12.0);
    assert_eq!((of("workflow runs on time") * 10_000.0).round(), 12.0, "of 10 s");
    assert_eq!(of("run: checkout failed"), 0.0);
}

#[test]
fn one_lost_promise_is_one_too_many() {
    let tally = Tally { lost: 1, wrong_name: "baskets wrong".to_owned(), ..Tally::default() };
    let judged = judge("[ledger]\nlost = 0\nduplicated = 0\nwrong = 0\n", &[], tally);
    assert_eq!(standings(&judged), [Standing::Missed, Standing::Holds, Standing::Holds]);
    assert_eq!(judged[2].name, "baskets wrong");
}

#[test]
fn errors_are_a_share_of_all_requests() {
    let operations = [
        figures("getProduct", 9_000, 0, latency([1; 9_000])),
        figures("putBasket", 980, 20, latency([1; 1_000])),
    ];
    let judged = judge("[requests]\nerror_share = 0.001\n", &operations, Tally::default());
    assert_eq!((judged[0].actual, judged[0].standing), (Some(0.002), Standing::Missed));
    let none = judge("[requests]\nerror_share = 0\n", &operations[..1], Tally::default());
    assert_eq!(none[0].actual, Some(0.0));
    assert!(!none[0].standing.is_missed());
}

#[test]
fn throughput_is_what_ended_in_time_of_what_fell_due() {
    let judged = judge("[throughput]\nreached_share = 0.99\n", &[], Tally::default());
    assert_eq!((judged[0].actual, judged[0].at_least), (Some(0.985), true));
    // 15 of 1000 late, where 10 may be, is not yet told from chance.
    assert_eq!(judged[0].standing, Standing::Unsure);
}

#[test]
fn what_the_system_lacks_is_told_with_its_line() {
    let told = |text: &str| {
        let checked = Objectives::parse(text).and_then(|objectives| objectives.check_for(&SYSTEM));
        let error = checked.unwrap_err();
        (error.line(text), error.to_string())
    };
    let text = "exempt = [\"*\"]\n\n[operations.getProdct]\np99_ms = 1\n";
    let (line, said) = told(text);
    assert_eq!(line, Some(3));
    assert!(said.contains("`operations.getProdct`") && said.contains("`getProduct`?"), "{said}");
    for (text, line, says) in [
        ("exempt = [\"*\",\n  \"operations.gone\"]\n", 2, "it has getProduct, putBasket"),
        ("exempt = [\"getProduct\"]\n", 1, "write `operations.NAME`"),
        ("exempt = [\"*\"]\n[promises.\"checkout.placd\"]\np99_ms = 1\n", 2, "`checkout.placed`?"),
        ("exempt = [\"*\"]\n[channels]\nOrderPlaced.asked_to_published = {p99_ms = -1}\n", 3, "-1"),
        ("[requests]\nerror_share = 3\n", 2, "is 3"),
        ("[workflows.checkout]\nerror_share = 3\n", 2, "is 3"),
        ("[default.channels]\nasked_to_published = {p50_ms = -4}\n", 2, "is -4"),
        ("[operations.getProduct]\n# p99_ms = 1\n", 1, "has no limit"),
        ("[default]\noperations = {}\n", 2, "`default.operations` has no limit"),
        (
            "[channels.OrderPlaced]\nasked_to_published = {}\n",
            1,
            "`channels.OrderPlaced` has no limit",
        ),
        ("[operations.getProduct]\np50_ms = 500\np99_ms = 50\n", 3, "each lower percentile"),
        (
            "exempt = [\"operations.getProduct\"]\n[operations.getProduct]\np99_ms = 1\n",
            1,
            "remove one",
        ),
    ] {
        let (at, said) = told(text);
        assert!(at == Some(line) && said.contains(says), "{text}: {at:?} {said}");
    }
}
