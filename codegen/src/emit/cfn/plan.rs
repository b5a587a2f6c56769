//! Rules and queues as the stack has them: each once, with everything that touches it.
//!
//! The model holds them where the contracts do, below the receive operation. A queue for dead letters may serve
//! several operations; here the operations come together.

use crate::model::{
    Delivery, DirectDelivery, EventRule, Function, Queue, QueueDelivery, Receive, Service,
    StreamDelivery, System, Table,
};

/// All rules and queues.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// The rules, in contract order.
    pub(super) rules: Vec<PlannedRule<'a>>,
    /// The queues, in order of first use.
    pub(super) queues: Vec<PlannedQueue<'a>>,
    /// The polled functions, in contract order.
    pub(super) pollers: Vec<(&'a Function, &'a QueueDelivery, &'a Receive)>,
    /// The functions that a rule invokes, in contract order.
    pub(super) direct: Vec<(&'a Function, &'a DirectDelivery, &'a Receive)>,
    /// The functions that read the stream of a table, in contract order.
    pub(super) readers: Vec<Reader<'a>>,
}

/// A function that reads the stream of a table.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) function: &'a Function,
    pub(super) table: &'a Table,
    pub(super) delivery: &'a StreamDelivery,
    pub(super) receive: &'a Receive,
}

/// A rule and where it leads.
#[derive(Debug)]
pub(super) struct PlannedRule<'a> {
    /// The rule.
    pub(super) rule: &'a EventRule,
    /// The operation that it feeds.
    pub(super) receive: &'a Receive,
    /// Where events go.
    pub(super) target: Target<'a>,
}

/// Where a rule leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// Into a queue.
    Queue(&'a Queue),
    /// Straight to a function.
    Function(&'a Function),
}

/// A queue and what touches it.
#[derive(Debug)]
pub(super) struct PlannedQueue<'a> {
    /// The queue.
    pub(super) queue: &'a Queue,
    /// Where messages go that were received too often, and after how many receptions.
    pub(super) redrive: Option<(&'a Queue, u32)>,
    /// The queues whose dead letters it takes.
    pub(super) redriven_from: Vec<&'a Queue>,
    /// The rules that send to it, events or dead letters.
    pub(super) fed_by: Vec<&'a EventRule>,
    /// Whether what lies in it was given up by something else.
    pub(super) holds_failures: bool,
}

impl<'a> Plan<'a> {
    /// Collects the rules and queues of all services.
    pub(super) fn of(system: &'a System) -> Self {
        let mut plan = Self::default();
        for service in &system.services {
            for receive in &service.receives {
                let function = &service.functions[receive.function];
                match &receive.delivery {
                    Delivery::Queue(delivery) => plan.add_polled(function, delivery, receive),
                    Delivery::Direct(delivery) => plan.add_direct(function, delivery, receive),
                    Delivery::Stream(delivery) => plan.add_reader(service, delivery, receive),
                }
            }
        }
        plan
    }

    fn add_polled(
        &mut self,
        function: &'a Function,
        delivery: &'a QueueDelivery,
        receive: &'a Receive,
    ) {
        let QueueDelivery { rule, queue, dead_letter, max_receive_count, .. } = delivery;
        self.add_rule(rule, receive, Target::Queue(queue));
        let planned = self.queue(queue);
        planned.fed_by.push(rule);
        if let Some(dead_letter) = dead_letter {
            planned.redrive = Some((dead_letter, *max_receive_count));
            let dead_letters = self.queue(dead_letter);
            dead_letters.holds_failures = true;
            dead_letters.redriven_from.push(queue);
        }
        self.pollers.push((function, delivery, receive));
    }

    fn add_direct(
        &mut self,
        function: &'a Function,
        delivery: &'a DirectDelivery,
        receive: &'a Receive,
    ) {
        self.add_rule(&delivery.rule, receive, Target::Function(function));
        if let Some(queue) = &delivery.on_failure {
            self.queue(queue).holds_failures = true;
        }
        self.direct.push((function, delivery, receive));
    }

    fn add_reader(
        &mut self,
        service: &'a Service,
        delivery: &'a StreamDelivery,
        receive: &'a Receive,
    ) {
        if let Some(queue) = &delivery.on_failure {
            self.queue(queue).holds_failures = true;
        }
        let (function, table) =
            (&service.functions[receive.function], service.table(delivery.table));
        self.readers.push(Reader { function, table, delivery, receive });
    }

    fn add_rule(&mut self, rule: &'a EventRule, receive: &'a Receive, target: Target<'a>) {
        self.rules.push(PlannedRule { rule, receive, target });
        if let Some(queue) = &rule.dead_letter {
            let planned = self.queue(queue);
            planned.holds_failures = true;
            planned.fed_by.push(rule);
        }
    }

    /// The entry of a queue, made when this is its first use.
    fn queue(&mut self, queue: &'a Queue) -> &mut PlannedQueue<'a> {
        let known = self.queues.iter().position(|planned| planned.queue.name == queue.name);
        let index = known.unwrap_or_else(|| {
            self.queues.push(PlannedQueue {
                queue,
                redrive: None,
                redriven_from: Vec::new(),
                fed_by: Vec::new(),
                holds_failures: false,
            });
            self.queues.len() - 1
        });
        &mut self.queues[index]
    }
}
