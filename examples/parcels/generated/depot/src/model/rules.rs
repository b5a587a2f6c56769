// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{NumberRules, TextRules};

runtime::text_rules!(Recipient, TextRules::new().min_length(1).max_length(64));

runtime::number_rules!(WeightGrams(i32), NumberRules::new().minimum("1").maximum("40000"));

runtime::text_rules!(ScanId, TextRules::new().min_length(1).max_length(64));

runtime::text_rules!(Place, TextRules::new().min_length(1).max_length(64));

runtime::number_rules!(ParcelRegisteredVersion(i32), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(ParcelScannedVersion(i32), NumberRules::new().one_of(&[1]), only = 1);

runtime::number_rules!(ParcelWeighedVersion(i32), NumberRules::new().one_of(&[2]), only = 2);

runtime::number_rules!(LookForLateAfterHours(i32), NumberRules::new().minimum("1"));

runtime::text_rules!(ReminderReminderId, TextRules::new().min_length(1).max_length(64));

runtime::number_rules!(ReminderAfterHours(i32), NumberRules::new().minimum("1"));
