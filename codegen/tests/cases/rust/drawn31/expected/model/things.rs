// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decode, Encode, Json, ListRules, Maybe, Sink, Violations};

use super::{
    SCHEMAS, T0, T1, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T2, T20, T21, T22,
    T23, T24, T25, T26, T27, T28, T29, T3, T30, T31, T4, T5, T6, T7, T8, T9,
};

/// - **Source** `spec/shop/openapi.json#/components/schemas/Things`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Things {
    pub t0: Option<T0>,
    pub t1: Option<T1>,
    pub t10: Option<T10>,
    pub t11: Option<T11>,
    pub t12: Option<T12>,
    pub t13: Maybe<T13>,
    pub t14: Maybe<T14>,
    pub t15: Option<T15>,
    pub t16: Maybe<T16>,
    pub t17: Maybe<T17>,
    pub t18: Option<T18>,
    pub t19: Maybe<T19>,
    pub t2: Maybe<T2>,
    pub t20: Maybe<T20>,
    pub t21: Option<T21>,
    pub t22: Maybe<T22>,
    pub t23: Option<T23>,
    pub t24: Option<T24>,
    pub t25: Option<T25>,
    pub t26: Option<T26>,
    pub t27: Option<T27>,
    pub t28: Option<T28>,
    pub t29: Option<T29>,
    pub t3: Option<T3>,
    pub t30: Option<T30>,
    pub t31: Maybe<T31>,
    pub t4: Option<T4>,
    pub t5: Option<T5>,
    pub t6: Option<T6>,
    pub t7: Maybe<T7>,
    pub t8: Option<T8>,
    pub t9: Option<T9>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &[
    "t0",
    "t1",
    "t10",
    "t11",
    "t12",
    "t13",
    "t14",
    "t15",
    "t16",
    "t17",
    "t18",
    "t19",
    "t2",
    "t20",
    "t21",
    "t22",
    "t23",
    "t24",
    "t25",
    "t26",
    "t27",
    "t28",
    "t29",
    "t3",
    "t30",
    "t31",
    "t4",
    "t5",
    "t6",
    "t7",
    "t8",
    "t9",
];

impl Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let t0 = object
            .optional_as(
                "t0",
                runtime::checked(
                    &SCHEMAS,
                    "T0",
                    runtime::list(ListRules::new().min_items(0)),
                ),
            );
        let t1 = object
            .optional_as("t1", runtime::checked(&SCHEMAS, "T1", Decode::decode));
        let t10 = object.optional("t10");
        let t11 = object.optional("t11");
        let t12 = object.optional("t12");
        let t13 = object.maybe("t13");
        let t14 = object.maybe("t14");
        let t15 = object.optional("t15");
        let t16 = object
            .maybe_as("t16", runtime::checked(&SCHEMAS, "T16", Decode::decode));
        let t17 = object.maybe("t17");
        let t18 = object.optional("t18");
        let t19 = object.maybe("t19");
        let t2 = object.maybe("t2");
        let t20 = object.maybe("t20");
        let t21 = object.optional("t21");
        let t22 = object
            .maybe_as("t22", runtime::checked(&SCHEMAS, "T22", Decode::decode));
        let t23 = object.optional("t23");
        let t24 = object.optional("t24");
        let t25 = object.optional("t25");
        let t26 = object.optional("t26");
        let t27 = object.optional("t27");
        let t28 = object.optional("t28");
        let t29 = object.optional("t29");
        let t3 = object.optional("t3");
        let t30 = object.optional("t30");
        let t31 = object.maybe("t31");
        let t4 = object
            .optional_as("t4", runtime::checked(&SCHEMAS, "T4", Decode::decode));
        let t5 = object
            .optional_as("t5", runtime::checked(&SCHEMAS, "T5", Decode::decode));
        let t6 = object
            .optional_as("t6", runtime::checked(&SCHEMAS, "T6", Decode::decode));
        let t7 = object.maybe_as("t7", runtime::checked(&SCHEMAS, "T7", Decode::decode));
        let t8 = object.optional("t8");
        let t9 = object.optional("t9");
        let others = object.others(PROPERTIES);
        Some(Self {
            t0: t0?,
            t1: t1?,
            t10: t10?,
            t11: t11?,
            t12: t12?,
            t13: t13?,
            t14: t14?,
            t15: t15?,
            t16: t16?,
            t17: t17?,
            t18: t18?,
            t19: t19?,
            t2: t2?,
            t20: t20?,
            t21: t21?,
            t22: t22?,
            t23: t23?,
            t24: t24?,
            t25: t25?,
            t26: t26?,
            t27: t27?,
            t28: t28?,
            t29: t29?,
            t3: t3?,
            t30: t30?,
            t31: t31?,
            t4: t4?,
            t5: t5?,
            t6: t6?,
            t7: t7?,
            t8: t8?,
            t9: t9?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("t0", &self.t0);
        out.optional("t1", &self.t1);
        out.optional("t10", &self.t10);
        out.optional("t11", &self.t11);
        out.optional("t12", &self.t12);
        out.maybe("t13", &self.t13);
        out.maybe("t14", &self.t14);
        out.optional("t15", &self.t15);
        out.maybe("t16", &self.t16);
        out.maybe("t17", &self.t17);
        out.optional("t18", &self.t18);
        out.maybe("t19", &self.t19);
        out.maybe("t2", &self.t2);
        out.maybe("t20", &self.t20);
        out.optional("t21", &self.t21);
        out.maybe("t22", &self.t22);
        out.optional("t23", &self.t23);
        out.optional("t24", &self.t24);
        out.optional("t25", &self.t25);
        out.optional("t26", &self.t26);
        out.optional("t27", &self.t27);
        out.optional("t28", &self.t28);
        out.optional("t29", &self.t29);
        out.optional("t3", &self.t3);
        out.optional("t30", &self.t30);
        out.maybe("t31", &self.t31);
        out.optional("t4", &self.t4);
        out.optional("t5", &self.t5);
        out.optional("t6", &self.t6);
        out.maybe("t7", &self.t7);
        out.optional("t8", &self.t8);
        out.optional("t9", &self.t9);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
