// @generated from the contracts in spec/; edits are overwritten.

//! `Things`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Encode, Json, ListRules, Sink, Violations};

use super::{
    Decimal, Decode, DefaultValue, Mod, Operations2, OptionValue, Problem, Scalars,
    SendThingsInput2, StringValue, ThingsType,
};

/// Types and properties that have the names of other things.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Things`
#[derive(Debug, Clone, PartialEq)]
pub struct Things {
    pub r#type: ThingsType,
    /// A string.
    pub self_: String,
    /// A string.
    pub out: Option<String>,
    /// A string.
    pub at: Option<String>,
    /// An array of at most 2 items; each item is `OptionValue`.
    pub object: Option<Vec<OptionValue>>,
    /// An array of at most 2 items; each item is a string.
    pub properties: Option<Vec<String>>,
    pub option: OptionValue,
    pub string: Option<StringValue>,
    pub decode: Option<Decode>,
    pub decimal: Option<Decimal>,
    pub problem: Option<Problem>,
    pub r#mod: Option<Mod>,
    pub scalars: Option<Scalars>,
    pub default: Option<DefaultValue>,
    pub operations: Option<Operations2>,
    pub input: Option<SendThingsInput2>,
    /// An exact decimal number.
    pub amount: Option<runtime::Decimal>,
    /// `true` or `false`.
    pub odd_name: Option<bool>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

impl Things {
    /// Creates a value from its required fields.
    pub fn new(r#type: ThingsType, self_: String, option: OptionValue) -> Self {
        Self {
            r#type,
            self_,
            out: Default::default(),
            at: Default::default(),
            object: Default::default(),
            properties: Default::default(),
            option,
            string: Default::default(),
            decode: Default::default(),
            decimal: Default::default(),
            problem: Default::default(),
            r#mod: Default::default(),
            scalars: Default::default(),
            default: Default::default(),
            operations: Default::default(),
            input: Default::default(),
            amount: Default::default(),
            odd_name: Default::default(),
            others: Default::default(),
        }
    }
}

const PROPERTIES: &[&str] = &[
    "type",
    "self",
    "out",
    "at",
    "object",
    "properties",
    "option",
    "string",
    "decode",
    "decimal",
    "problem",
    "mod",
    "scalars",
    "default",
    "operations",
    "input",
    "amount",
    "odd name!",
];

impl runtime::Decode for Things {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const OBJECT: ListRules = ListRules::new().max_items(2);
        let mut object_ = at.object(out)?;
        let r#type = object_.required("type");
        let self_ = object_.required("self");
        let out = object_.optional("out");
        let at = object_.optional("at");
        let object = object_.optional_as("object", runtime::list(OBJECT));
        let properties = object_
            .optional_as("properties", runtime::list(ListRules::new().max_items(2)));
        let option = object_.required("option");
        let string = object_.optional("string");
        let decode = object_.optional("decode");
        let decimal = object_.optional("decimal");
        let problem = object_.optional("problem");
        let r#mod = object_.optional("mod");
        let scalars = object_.optional("scalars");
        let default = object_.optional("default");
        let operations = object_.optional("operations");
        let input = object_.optional("input");
        let amount = object_.optional("amount");
        let odd_name = object_.optional("odd name!");
        let others = object_.others(PROPERTIES);
        Some(Self {
            r#type: r#type?,
            self_: self_?,
            out: out?,
            at: at?,
            object: object?,
            properties: properties?,
            option: option?,
            string: string?,
            decode: decode?,
            decimal: decimal?,
            problem: problem?,
            r#mod: r#mod?,
            scalars: scalars?,
            default: default?,
            operations: operations?,
            input: input?,
            amount: amount?,
            odd_name: odd_name?,
            others: others?,
        })
    }
}

impl Encode for Things {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.field("type", &self.r#type);
        out.field("self", &self.self_);
        out.optional("out", &self.out);
        out.optional("at", &self.at);
        out.optional("object", &self.object);
        out.optional("properties", &self.properties);
        out.field("option", &self.option);
        out.optional("string", &self.string);
        out.optional("decode", &self.decode);
        out.optional("decimal", &self.decimal);
        out.optional("problem", &self.problem);
        out.optional("mod", &self.r#mod);
        out.optional("scalars", &self.scalars);
        out.optional("default", &self.default);
        out.optional("operations", &self.operations);
        out.optional("input", &self.input);
        out.optional("amount", &self.amount);
        out.optional("odd name!", &self.odd_name);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
