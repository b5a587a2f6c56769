//! Parameters around every constraint of theirs, and left out.

use codegen::model::{Parameter, ParameterLocation};

use super::{Cases, Planner};
use crate::coverage::Mark;
use crate::request::Input;
use crate::value::{Fill, Gap, Varied, vary_text};

impl Planner<'_> {
    /// Each parameter on both sides of each constraint, the others as in the base.
    pub(super) fn vary_parameters(&self, base: &Input, cases: &mut Cases) {
        for (place, parameter) in self.operation.parameters.iter().enumerate() {
            let n_before = cases.cases.len();
            self.vary_parameter((place, parameter), base, cases);
            if parameter.location == ParameterLocation::Header {
                for case in &mut cases.cases[n_before..] {
                    case.header = Some(parameter.name.wire.clone());
                }
            }
        }
    }

    fn vary_parameter(
        &self,
        (place, parameter): (usize, &Parameter),
        base: &Input,
        cases: &mut Cases,
    ) {
        let name = &parameter.name.wire;
        if parameter.required && parameter.location != ParameterLocation::Path {
            let mut input = base.clone();
            input.parameters[place] = None;
            let purpose = format!("the parameter `{name}` is missing");
            let mark = Mark::missing(parameter);
            self.push(cases, purpose, input, false, vec![mark], parameter.origin.span);
        }
        let Some(some) = self.value_of(parameter, Fill::Full) else { return };
        if parameter.written.is_some() {
            let mut input = base.clone();
            input.parameters[place] = Some(some);
            let marks = vec![Mark::parameter(self.operation, place, true)];
            let purpose = format!("the parameter `{name}` is given");
            self.push(cases, purpose, input, true, marks, parameter.origin.span);
            return;
        }
        let Varied { variants, gaps } =
            vary_text(self.service, &parameter.ty, &parameter.origin, &some);
        cases.gaps.extend(gaps);
        for variant in variants {
            let constraint = variant.constraint;
            let keeps = variant.keeps;
            // No page before gave out a token that is made up.
            if keeps && self.is_token(place) {
                let why = "only a page before gives out a value";
                cases.gaps.push(Gap { constraint, keeps, why });
                continue;
            }
            if !self.can_be_sent(parameter, &variant.value) {
                // A parameter is text: a list or `null` is nothing that it could be.
                if constraint.keyword != "type" {
                    let why = "the value cannot travel where the parameter does";
                    cases.gaps.push(Gap { constraint, keeps, why });
                }
                continue;
            }
            let mut input = base.clone();
            input.parameters[place] = Some(variant.value);
            if keeps {
                input = self.with_keys_of_parameters(input);
            }
            let verb = if keeps { "is at the limit of" } else { "violates" };
            let purpose = format!("the parameter `{name}` {verb} `{}`", constraint.keyword);
            let marks = vec![
                Mark::constraint(&constraint, keeps),
                Mark::parameter(self.operation, place, keeps),
            ];
            self.push(cases, purpose, input, keeps, marks, parameter.origin.span);
        }
    }
}
