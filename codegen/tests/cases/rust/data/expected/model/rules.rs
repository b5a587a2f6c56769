// @generated from the contracts in spec/; edits are overwritten.

//! What each scalar of `scalars.rs` must meet.

use runtime::{Decimal, NumberRules, TextRules};

runtime::text_rules!(ListShowsCity, TextRules::new().min_length(1));

runtime::number_rules!(ListShowsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(ShowCity, TextRules::new().min_length(1));

runtime::text_rules!(Title, TextRules::new().min_length(1).max_length(80));

runtime::number_rules!(ShowSold(i64), NumberRules::new().minimum("0").maximum("100"));

runtime::number_rules!(ShowVersion(i64), NumberRules::new().minimum("1"));

runtime::number_rules!(PriceAmount(Decimal), NumberRules::new().minimum("0"));

runtime::text_rules!(PriceCurrency, TextRules::new(), pattern = "^[A-Z]{3}$");

runtime::text_rules!(ListShowsOfCitiesCitiesItem, TextRules::new().min_length(1));

runtime::number_rules!(ListShowsOfCitiesLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(CountShowsCity, TextRules::new().min_length(1));

runtime::number_rules!(CountShowsOkBodyCount(i128), NumberRules::new().minimum("0"));

runtime::number_rules!(SellSeatsBodySeats(i64), NumberRules::new().minimum("1").maximum("10"));

runtime::number_rules!(BookingSeats(i128), NumberRules::new().minimum("1"));

runtime::text_rules!(PutVenueCity, TextRules::new().min_length(1));

runtime::text_rules!(PutVenueName, TextRules::new().min_length(1));

runtime::text_rules!(VenueCity, TextRules::new().min_length(1));

runtime::text_rules!(VenueName, TextRules::new().min_length(1));

runtime::number_rules!(VenueSeats(i128), NumberRules::new().minimum("1"));

runtime::text_rules!(VenueSlug, TextRules::new().min_length(1));

runtime::text_rules!(FindVenuesCity, TextRules::new().min_length(1));

runtime::text_rules!(FindVenuesPrefix, TextRules::new().min_length(1));

runtime::text_rules!(ListVenuesCity, TextRules::new().min_length(1));

runtime::text_rules!(ListVenuesFrom, TextRules::new().min_length(1));

runtime::text_rules!(ListVenuesTo, TextRules::new().min_length(1));

runtime::number_rules!(ListVenuesLeast(i128), NumberRules::new().minimum("1"));

runtime::number_rules!(ListVenuesMost(i128), NumberRules::new().minimum("1"));

runtime::number_rules!(ListVenuesLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::number_rules!(ListParcelsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(ParcelId, TextRules::new().min_length(1));

runtime::number_rules!(PaymentAmount(i128), NumberRules::new().minimum("0"));

runtime::number_rules!(FirstParcelsLimit(i64), NumberRules::new().minimum("1").maximum("100"));

runtime::text_rules!(UpsertParcelId, TextRules::new().min_length(1));

runtime::text_rules!(ReplaceParcelId, TextRules::new().min_length(1));

runtime::text_rules!(PayParcelId, TextRules::new().min_length(1));

runtime::text_rules!(ReceiptId, TextRules::new().min_length(1));
