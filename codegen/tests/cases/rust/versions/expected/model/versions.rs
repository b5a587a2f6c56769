// @generated from the contracts in spec/; edits are overwritten.

//! `Versions`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{
    At, Bytes, Date, Decimal, DecimalString, Decode, Encode, Json, ListRules, Maybe,
    Sink, Timestamp, Uuid, Violations,
};

use super::{
    Anything, Cat, VersionsV01, VersionsV02, VersionsV03, VersionsV04, VersionsV05,
    VersionsV06, VersionsV07, VersionsV08, VersionsV09, VersionsV10, VersionsV11,
    VersionsV16, VersionsV18, VersionsV21, VersionsV22, VersionsV23, VersionsV24,
    VersionsV25, VersionsV26, VersionsV27, VersionsV28, VersionsV29, VersionsV33,
    VersionsV34, VersionsV35, VersionsV36, VersionsV43Item, VersionsV47, VersionsV48,
    VersionsV49, VersionsV50, VersionsV51, VersionsV52, VersionsV53, VersionsV54,
    VersionsV55, VersionsV56, VersionsV61, VersionsV62, VersionsV63, VersionsV64,
    VersionsV65, VersionsV66, VersionsV67, VersionsV68, VersionsV69, VersionsV73,
    VersionsV74, VersionsV76, VersionsV77,
};

/// Schemas that may follow one another; each pair of them is a change.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Versions`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Versions {
    /// A string.
    pub v00: Option<String>,
    pub v01: Option<VersionsV01>,
    pub v02: Option<VersionsV02>,
    pub v03: Option<VersionsV03>,
    pub v04: Option<VersionsV04>,
    pub v05: Option<VersionsV05>,
    pub v06: Option<VersionsV06>,
    pub v07: Option<VersionsV07>,
    pub v08: Option<VersionsV08>,
    pub v09: Option<VersionsV09>,
    pub v10: Option<VersionsV10>,
    pub v11: Option<VersionsV11>,
    /// A date (RFC 3339).
    pub v12: Option<Date>,
    /// A date and time (RFC 3339).
    pub v13: Option<Timestamp>,
    /// A UUID (RFC 9562).
    pub v14: Option<Uuid>,
    /// Bytes in base64 (RFC 4648).
    pub v15: Option<Bytes>,
    pub v16: Option<VersionsV16>,
    /// A string, or `null`.
    pub v17: Maybe<String>,
    pub v18: Maybe<VersionsV18>,
    /// An integer of at most 38 digits.
    pub v19: Option<i128>,
    /// A 32-bit integer.
    pub v20: Option<i32>,
    pub v21: Option<VersionsV21>,
    pub v22: Option<VersionsV22>,
    pub v23: Option<VersionsV23>,
    pub v24: Option<VersionsV24>,
    pub v25: Option<VersionsV25>,
    pub v26: Option<VersionsV26>,
    pub v27: Option<VersionsV27>,
    pub v28: Option<VersionsV28>,
    pub v29: Option<VersionsV29>,
    /// An integer of at most 38 digits, or `null`.
    pub v30: Maybe<i128>,
    /// A double-precision number.
    pub v31: Option<f64>,
    /// An exact decimal number.
    pub v32: Option<Decimal>,
    pub v33: Option<VersionsV33>,
    pub v34: Option<VersionsV34>,
    pub v35: Option<VersionsV35>,
    pub v36: Option<VersionsV36>,
    /// `true` or `false`.
    pub v37: Option<bool>,
    /// `true` or `false`, or `null`.
    pub v38: Maybe<bool>,
    /// An array; each item is a string.
    pub v39: Option<Vec<String>>,
    /// An array of at least 1 items; each item is a string.
    pub v40: Option<Vec<String>>,
    /// An array of at most 2 items; each item is a string.
    pub v41: Option<Vec<String>>,
    /// An array; each item is a string, without duplicates.
    pub v42: Option<Vec<String>>,
    /// An array; each item is `VersionsV43Item`.
    pub v43: Option<Vec<VersionsV43Item>>,
    /// An array; each item is a string, or `null`.
    pub v44: Option<Vec<Option<String>>>,
    /// An array; each item is an integer of at most 38 digits.
    pub v45: Option<Vec<i128>>,
    /// An array; each item is a double-precision number, or `null`.
    pub v46: Maybe<Vec<f64>>,
    pub v47: Option<VersionsV47>,
    pub v48: Option<VersionsV48>,
    pub v49: Option<VersionsV49>,
    pub v50: Option<VersionsV50>,
    pub v51: Option<VersionsV51>,
    pub v52: Option<VersionsV52>,
    pub v53: Option<VersionsV53>,
    pub v54: Option<VersionsV54>,
    pub v55: Option<VersionsV55>,
    pub v56: Option<VersionsV56>,
    /// An object with any keys; each value is a string.
    pub v57: Option<BTreeMap<String, String>>,
    /// An object with any keys; each value is an integer of at most 38 digits.
    pub v58: Option<BTreeMap<String, i128>>,
    /// An object of at least 1 properties with any keys; each value is an integer of at most 38 digits.
    pub v59: Option<BTreeMap<String, i128>>,
    /// An object of at most 1 properties with any keys; each value is an integer of at most 38 digits.
    pub v60: Option<BTreeMap<String, i128>>,
    pub v61: Option<VersionsV61>,
    pub v62: Option<VersionsV62>,
    pub v63: Option<VersionsV63>,
    pub v64: Option<VersionsV64>,
    pub v65: Option<VersionsV65>,
    pub v66: Option<VersionsV66>,
    pub v67: Option<VersionsV67>,
    pub v68: Option<VersionsV68>,
    pub v69: Option<VersionsV69>,
    pub v70: Option<Cat>,
    pub v71: Maybe<Anything>,
    /// An exact decimal number as a string.
    pub v72: Option<DecimalString>,
    pub v73: Option<VersionsV73>,
    pub v74: Option<VersionsV74>,
    /// A 64-bit integer.
    pub v75: Option<i64>,
    pub v76: Option<VersionsV76>,
    pub v77: Option<VersionsV77>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &[
    "v00",
    "v01",
    "v02",
    "v03",
    "v04",
    "v05",
    "v06",
    "v07",
    "v08",
    "v09",
    "v10",
    "v11",
    "v12",
    "v13",
    "v14",
    "v15",
    "v16",
    "v17",
    "v18",
    "v19",
    "v20",
    "v21",
    "v22",
    "v23",
    "v24",
    "v25",
    "v26",
    "v27",
    "v28",
    "v29",
    "v30",
    "v31",
    "v32",
    "v33",
    "v34",
    "v35",
    "v36",
    "v37",
    "v38",
    "v39",
    "v40",
    "v41",
    "v42",
    "v43",
    "v44",
    "v45",
    "v46",
    "v47",
    "v48",
    "v49",
    "v50",
    "v51",
    "v52",
    "v53",
    "v54",
    "v55",
    "v56",
    "v57",
    "v58",
    "v59",
    "v60",
    "v61",
    "v62",
    "v63",
    "v64",
    "v65",
    "v66",
    "v67",
    "v68",
    "v69",
    "v70",
    "v71",
    "v72",
    "v73",
    "v74",
    "v75",
    "v76",
    "v77",
];

impl Decode for Versions {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        const V40: ListRules = ListRules::new().min_items(1);
        const V41: ListRules = ListRules::new().max_items(2);
        const V42: ListRules = ListRules::new().unique_items();
        let mut object = at.object(out)?;
        let v00 = object.optional("v00");
        let v01 = object.optional("v01");
        let v02 = object.optional("v02");
        let v03 = object.optional("v03");
        let v04 = object.optional("v04");
        let v05 = object.optional("v05");
        let v06 = object.optional("v06");
        let v07 = object.optional("v07");
        let v08 = object.optional("v08");
        let v09 = object.optional("v09");
        let v10 = object.optional("v10");
        let v11 = object.optional("v11");
        let v12 = object.optional("v12");
        let v13 = object.optional("v13");
        let v14 = object.optional("v14");
        let v15 = object.optional("v15");
        let v16 = object.optional("v16");
        let v17 = object.maybe("v17");
        let v18 = object.maybe("v18");
        let v19 = object.optional("v19");
        let v20 = object.optional("v20");
        let v21 = object.optional("v21");
        let v22 = object.optional("v22");
        let v23 = object.optional("v23");
        let v24 = object.optional("v24");
        let v25 = object.optional("v25");
        let v26 = object.optional("v26");
        let v27 = object.optional("v27");
        let v28 = object.optional("v28");
        let v29 = object.optional("v29");
        let v30 = object.maybe("v30");
        let v31 = object.optional("v31");
        let v32 = object.optional("v32");
        let v33 = object.optional("v33");
        let v34 = object.optional("v34");
        let v35 = object.optional("v35");
        let v36 = object.optional("v36");
        let v37 = object.optional("v37");
        let v38 = object.maybe("v38");
        let v39 = object.optional("v39");
        let v40 = object.optional_as("v40", runtime::list(V40));
        let v41 = object.optional_as("v41", runtime::list(V41));
        let v42 = object.optional_as("v42", runtime::list(V42));
        let v43 = object.optional("v43");
        let v44 = object.optional("v44");
        let v45 = object.optional("v45");
        let v46 = object.maybe("v46");
        let v47 = object.optional("v47");
        let v48 = object.optional("v48");
        let v49 = object.optional("v49");
        let v50 = object.optional("v50");
        let v51 = object.optional("v51");
        let v52 = object.optional("v52");
        let v53 = object.optional("v53");
        let v54 = object.optional("v54");
        let v55 = object.optional("v55");
        let v56 = object.optional("v56");
        let v57 = object.optional("v57");
        let v58 = object.optional("v58");
        let v59 = object.optional_as("v59", runtime::map(Some(1), None));
        let v60 = object.optional_as("v60", runtime::map(None, Some(1)));
        let v61 = object.optional("v61");
        let v62 = object.optional("v62");
        let v63 = object.optional("v63");
        let v64 = object.optional("v64");
        let v65 = object.optional("v65");
        let v66 = object.optional("v66");
        let v67 = object.optional("v67");
        let v68 = object.optional("v68");
        let v69 = object.optional("v69");
        let v70 = object.optional("v70");
        let v71 = object.maybe("v71");
        let v72 = object.optional("v72");
        let v73 = object.optional("v73");
        let v74 = object.optional("v74");
        let v75 = object.optional("v75");
        let v76 = object.optional("v76");
        let v77 = object.optional("v77");
        let others = object.others(PROPERTIES);
        Some(Self {
            v00: v00?,
            v01: v01?,
            v02: v02?,
            v03: v03?,
            v04: v04?,
            v05: v05?,
            v06: v06?,
            v07: v07?,
            v08: v08?,
            v09: v09?,
            v10: v10?,
            v11: v11?,
            v12: v12?,
            v13: v13?,
            v14: v14?,
            v15: v15?,
            v16: v16?,
            v17: v17?,
            v18: v18?,
            v19: v19?,
            v20: v20?,
            v21: v21?,
            v22: v22?,
            v23: v23?,
            v24: v24?,
            v25: v25?,
            v26: v26?,
            v27: v27?,
            v28: v28?,
            v29: v29?,
            v30: v30?,
            v31: v31?,
            v32: v32?,
            v33: v33?,
            v34: v34?,
            v35: v35?,
            v36: v36?,
            v37: v37?,
            v38: v38?,
            v39: v39?,
            v40: v40?,
            v41: v41?,
            v42: v42?,
            v43: v43?,
            v44: v44?,
            v45: v45?,
            v46: v46?,
            v47: v47?,
            v48: v48?,
            v49: v49?,
            v50: v50?,
            v51: v51?,
            v52: v52?,
            v53: v53?,
            v54: v54?,
            v55: v55?,
            v56: v56?,
            v57: v57?,
            v58: v58?,
            v59: v59?,
            v60: v60?,
            v61: v61?,
            v62: v62?,
            v63: v63?,
            v64: v64?,
            v65: v65?,
            v66: v66?,
            v67: v67?,
            v68: v68?,
            v69: v69?,
            v70: v70?,
            v71: v71?,
            v72: v72?,
            v73: v73?,
            v74: v74?,
            v75: v75?,
            v76: v76?,
            v77: v77?,
            others: others?,
        })
    }
}

impl Encode for Versions {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("v00", &self.v00);
        out.optional("v01", &self.v01);
        out.optional("v02", &self.v02);
        out.optional("v03", &self.v03);
        out.optional("v04", &self.v04);
        out.optional("v05", &self.v05);
        out.optional("v06", &self.v06);
        out.optional("v07", &self.v07);
        out.optional("v08", &self.v08);
        out.optional("v09", &self.v09);
        out.optional("v10", &self.v10);
        out.optional("v11", &self.v11);
        out.optional("v12", &self.v12);
        out.optional("v13", &self.v13);
        out.optional("v14", &self.v14);
        out.optional("v15", &self.v15);
        out.optional("v16", &self.v16);
        out.maybe("v17", &self.v17);
        out.maybe("v18", &self.v18);
        out.optional("v19", &self.v19);
        out.optional("v20", &self.v20);
        out.optional("v21", &self.v21);
        out.optional("v22", &self.v22);
        out.optional("v23", &self.v23);
        out.optional("v24", &self.v24);
        out.optional("v25", &self.v25);
        out.optional("v26", &self.v26);
        out.optional("v27", &self.v27);
        out.optional("v28", &self.v28);
        out.optional("v29", &self.v29);
        out.maybe("v30", &self.v30);
        out.optional("v31", &self.v31);
        out.optional("v32", &self.v32);
        out.optional("v33", &self.v33);
        out.optional("v34", &self.v34);
        out.optional("v35", &self.v35);
        out.optional("v36", &self.v36);
        out.optional("v37", &self.v37);
        out.maybe("v38", &self.v38);
        out.optional("v39", &self.v39);
        out.optional("v40", &self.v40);
        out.optional("v41", &self.v41);
        out.optional("v42", &self.v42);
        out.optional("v43", &self.v43);
        out.optional("v44", &self.v44);
        out.optional("v45", &self.v45);
        out.maybe("v46", &self.v46);
        out.optional("v47", &self.v47);
        out.optional("v48", &self.v48);
        out.optional("v49", &self.v49);
        out.optional("v50", &self.v50);
        out.optional("v51", &self.v51);
        out.optional("v52", &self.v52);
        out.optional("v53", &self.v53);
        out.optional("v54", &self.v54);
        out.optional("v55", &self.v55);
        out.optional("v56", &self.v56);
        out.optional("v57", &self.v57);
        out.optional("v58", &self.v58);
        out.optional("v59", &self.v59);
        out.optional("v60", &self.v60);
        out.optional("v61", &self.v61);
        out.optional("v62", &self.v62);
        out.optional("v63", &self.v63);
        out.optional("v64", &self.v64);
        out.optional("v65", &self.v65);
        out.optional("v66", &self.v66);
        out.optional("v67", &self.v67);
        out.optional("v68", &self.v68);
        out.optional("v69", &self.v69);
        out.optional("v70", &self.v70);
        out.maybe("v71", &self.v71);
        out.optional("v72", &self.v72);
        out.optional("v73", &self.v73);
        out.optional("v74", &self.v74);
        out.optional("v75", &self.v75);
        out.optional("v76", &self.v76);
        out.optional("v77", &self.v77);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
