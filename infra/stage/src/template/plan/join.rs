//! Plans of several stacks become one: those of stacks side by side, and those of stacks that are nested in others.

use super::{HttpParts, Plan, RestParts};

impl Plan {
    /// Adds what another stack asks for. Of two outputs with one name the first stack's is kept.
    pub(in crate::template) fn join(&mut self, other: Self) {
        let Self {
            stacks,
            apis,
            functions,
            tables,
            queues,
            buses,
            rules,
            archives,
            topics,
            subscriptions,
            mappings,
            stream_mappings,
            roles,
            resource_policies,
            api_keys,
            usage_plans,
            plan_keys,
            stored,
            needed_secrets,
            outputs,
            exports,
            inert,
            left_out,
            layers,
            http,
            rest,
        } = other;
        self.stacks.extend(stacks);
        self.apis.extend(apis);
        self.functions.extend(functions);
        self.tables.extend(tables);
        self.queues.extend(queues);
        self.queues.sort_by_key(|queue| queue.dead_letter.is_some());
        self.buses.extend(buses);
        self.rules.extend(rules);
        self.archives.extend(archives);
        self.topics.extend(topics);
        self.subscriptions.extend(subscriptions);
        self.mappings.extend(mappings);
        self.stream_mappings.extend(stream_mappings);
        self.roles.extend(roles);
        self.resource_policies.extend(resource_policies);
        self.api_keys.extend(api_keys);
        self.usage_plans.extend(usage_plans);
        self.plan_keys.extend(plan_keys);
        self.stored.extend(stored);
        self.needed_secrets.extend(needed_secrets);
        for (name, value) in outputs {
            self.outputs.entry(name).or_insert(value);
        }
        self.exports.extend(exports);
        self.inert.extend(inert);
        self.left_out.extend(left_out);
        self.layers.extend(layers);
        self.http.extend(http);
        self.rest.extend(rest);
    }

    /// This plan among the stacks that stand already: what references are held against.
    pub(in crate::template) fn among(&self, others: &Self) -> Self {
        let mut whole = others.clone();
        whole.join(self.clone());
        whole
    }

    /// This plan as that of a nested stack: every logical id has the nested stack's before it, and the outputs are for
    /// the stack around it only.
    pub(in crate::template) fn nested_in(mut self, id: &str, parent: &str) -> Self {
        let prefix = format!("{id}.");
        let apis = self.apis.iter_mut().map(|one| &mut one.id);
        let functions = self.functions.iter_mut().map(|one| &mut one.id);
        let tables = self.tables.iter_mut().map(|one| &mut one.id);
        let queues = self.queues.iter_mut().map(|one| &mut one.id);
        let buses = self.buses.iter_mut().map(|one| &mut one.id);
        let rules = self.rules.iter_mut().map(|one| &mut one.id);
        let archives = self.archives.iter_mut().map(|one| &mut one.id);
        let topics = self.topics.iter_mut().map(|one| &mut one.id);
        let subscriptions = self.subscriptions.iter_mut().map(|one| &mut one.id);
        let mappings = self.mappings.iter_mut().map(|one| &mut one.id);
        let streams = self.stream_mappings.iter_mut().map(|one| &mut one.id);
        let roles = self.roles.iter_mut().map(|one| &mut one.id);
        let policies = self.resource_policies.iter_mut().map(|one| &mut one.id);
        let keys = self.api_keys.iter_mut().map(|one| &mut one.id);
        let plans = self.usage_plans.iter_mut().map(|one| &mut one.id);
        let inert = self.inert.iter_mut().map(|one| &mut one.id);
        let routes = self.http.routes.iter_mut().map(|one| &mut one.id);
        let methods = self.rest.methods.iter_mut().map(|one| &mut one.id);
        let models = self.rest.models.iter_mut().map(|one| &mut one.id);
        let paths = self.rest.resources.iter_mut().map(|one| &mut one.id);
        let deployed = self.rest.deployed.iter_mut().map(|one| &mut one.id);
        let messaging = queues.chain(buses).chain(rules).chain(archives).chain(topics);
        let messaging = messaging.chain(subscriptions).chain(mappings).chain(streams);
        let access = roles.chain(policies).chain(keys).chain(plans);
        let rest = methods.chain(models).chain(paths).chain(deployed);
        let parts = inert.chain(routes).chain(rest);
        for id in apis.chain(functions).chain(tables).chain(messaging).chain(access).chain(parts) {
            id.insert_str(0, &prefix);
        }
        for stack in &mut self.stacks {
            stack.prefix.insert_str(0, &prefix);
            stack.parent.get_or_insert_with(|| parent.to_owned());
        }
        self.outputs.clear();
        self
    }
}

impl HttpParts {
    fn extend(&mut self, other: Self) {
        let Self { integrations, routes, left_out, authorizers, stages } = other;
        self.integrations.extend(integrations);
        self.routes.extend(routes);
        self.left_out.extend(left_out);
        self.authorizers.extend(authorizers);
        self.stages.extend(stages);
    }
}

impl RestParts {
    fn extend(&mut self, other: Self) {
        let Self { resources, methods, authorizers, validators, models, deployed } = other;
        self.deployed.extend(deployed);
        self.resources.extend(resources);
        self.methods.extend(methods);
        self.authorizers.extend(authorizers);
        self.validators.extend(validators);
        self.models.extend(models);
    }
}
