//! The whole system on the local stage, with real processes: who may do what, and what comes of it.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use client::bookings::{
    self, BookingStatus, CancelBooking, GetBooking, HoldSeats, NewBooking, PayBooking,
};
use client::shows::{
    self, ChangeShow, CountFans, CreateShow, Favourite, FindShows, GetPoster, GetShow, OpenShow,
    PutFavourite, PutPoster, Show, ShowPatch,
};
use client::{Bytes, Error, Http};
use runtime::{Aws, Decimal, Timestamp, Uuid};
use stage::{Log, Stage, StageOptions};

/// A stage of its own for each test; it ends when it is dropped.
async fn open() -> Stage {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let options = StageOptions {
        bin_dir: stage::build_functions(&workspace).expect("the functions build"),
        log: Log::stderr(false),
        ..StageOptions::new(workspace.join("generated/infra/template.yaml"))
    };
    Stage::start(options).await.expect("the stage starts")
}

/// What somebody calls with, by a token of the stage's issuer.
fn caller(stage: &Stage, sub: &str, scope: &str) -> Http {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    let claims = serde_json::json!({
        "iss": "https://login.tickets.example.com", "aud": "tickets",
        "sub": sub, "scope": scope, "exp": now + 600,
    });
    let token = stage.issuer().mint(&claims).expect("a token");
    let http = Http::new(stage.api_url()).expect("the URL of the stage");
    http.with_header("authorization", &format!("Bearer {token}")).expect("a header")
}

/// Waits until something is so.
async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what}: not in time");
}

/// A show that can be booked.
async fn opened(organiser: &shows::Client) -> Show {
    let amount = shows_contract::MoneyAmount::new(decimal("24.50")).expect("an amount");
    let body = shows_contract::ShowRequest::new(
        "Hamlet".parse().expect("a title"),
        "Leeds".parse().expect("a city"),
        "2027-03-01T19:30:00Z".parse().expect("a time"),
        shows_contract::Money::new(amount, shows_contract::MoneyCurrency::Eur),
        300.try_into().expect("a capacity"),
    );
    let show = organiser.create_show(CreateShow { body }).await.expect("it is planned");
    organiser.open_show(OpenShow { show_id: show.show_id }).await.expect("it is opened")
}

#[tokio::test]
async fn a_show_is_planned_found_and_changed_by_those_who_may() {
    let stage = open().await;
    let organiser = shows::Client::over(caller(&stage, "olga", "shows.manage"));
    let anna = shows::Client::over(caller(&stage, "anna", ""));
    let show = opened(&organiser).await;
    assert_eq!((show.version, show.sold.get()), (2, 0));
    let refused = anna.open_show(OpenShow { show_id: show.show_id }).await;
    assert!(matches!(refused, Err(Error::Declared(shows::OpenShowError::Forbidden(_)))));

    for (most, n_found) in [("30", 1), ("20", 0)] {
        let most = Some(decimal(most).try_into().expect("a price"));
        let find = FindShows { most, ..FindShows::new(show.city.clone()) };
        assert_eq!(anna.find_shows(find).await.expect("shows").items.len(), n_found);
    }

    // Two organisers change the version that they know: the second one is told.
    let change = |tag: &str| ChangeShow {
        show_id: show.show_id,
        if_match: tag.parse().expect("a tag"),
        body: ShowPatch {
            capacity: Some(250.try_into().expect("a capacity")),
            ..ShowPatch::default()
        },
    };
    let changed = organiser.change_show(change("\"2\"")).await.expect("it is changed");
    assert_eq!((changed.version, changed.capacity.get()), (3, 250));
    let late = organiser.change_show(change("\"2\"")).await;
    assert!(matches!(late, Err(Error::Declared(shows::ChangeShowError::PreconditionFailed(_)))));

    let image = Bytes::from(vec![0x89, b'P', b'N', b'G', 0, 255]);
    let put = PutPoster { show_id: show.show_id, body: image.clone() };
    organiser.put_poster(put).await.expect("it is stored");
    let poster = anna.get_poster(GetPoster { show_id: show.show_id }).await.expect("it is there");
    assert_eq!(poster, image);
}

#[tokio::test]
async fn favourites_belong_to_whoever_likes_the_show() {
    let stage = open().await;
    let organiser = shows::Client::over(caller(&stage, "olga", "shows.manage"));
    let show = opened(&organiser).await;
    for person in ["anna", "ben"] {
        let client = shows::Client::over(caller(&stage, person, ""));
        let body = Favourite::new(person.parse().expect("a name"), show.show_id);
        let like = PutFavourite::new(body.person.clone(), show.show_id, body);
        client.put_favourite(like.clone()).await.expect("it is noted");
        let foreign = shows::Client::over(caller(&stage, "eve", "")).put_favourite(like).await;
        assert!(matches!(foreign, Err(Error::Declared(shows::PutFavouriteError::Forbidden(_)))));
    }
    let fans = organiser.count_fans(CountFans { show_id: show.show_id }).await.expect("a number");
    assert_eq!(fans.count.get(), 2);
}

#[tokio::test]
async fn a_booking_is_held_paid_for_and_counted_once() {
    let stage = open().await;
    let organiser = shows::Client::over(caller(&stage, "olga", "shows.manage"));
    let anna = bookings::Client::over(caller(&stage, "anna", ""));
    let show = opened(&organiser).await;
    let person: bookings::Person = "anna".parse().expect("a name");
    let hold = HoldSeats {
        person: person.clone(),
        idempotency_key: Uuid::now_v7(),
        body: NewBooking::new(show.show_id, 2.try_into().expect("seats")),
    };
    let booking = eventually("the offer", async || anna.hold_seats(hold.clone()).await.ok()).await;
    assert_eq!(booking.total.amount.to_string(), "49");
    let again = anna.hold_seats(hold).await.expect("the same booking");
    assert_eq!(again, booking);

    let booking_id = booking.booking_id;
    let pay = PayBooking { person: person.clone(), booking_id };
    assert_eq!(
        anna.pay_booking(pay.clone()).await.expect("it is paid").status,
        BookingStatus::Paid
    );
    anna.pay_booking(pay).await.expect("paid already");
    let cancel = CancelBooking::new(person.clone(), booking_id);
    let refused = anna.cancel_booking(cancel).await;
    assert!(matches!(refused, Err(Error::Declared(bookings::CancelBookingError::Conflict(_)))));
    let sold = async || {
        let show = organiser.get_show(GetShow::new(show.show_id)).await.ok()?;
        (show.sold.get() > 0).then(|| show.sold.get())
    };
    assert_eq!(eventually("the sale", sold).await, 2);

    let eve = bookings::Client::over(caller(&stage, "eve", ""));
    let foreign = eve.get_booking(GetBooking::new(person, booking_id)).await;
    assert!(matches!(foreign, Err(Error::Declared(bookings::GetBookingError::Forbidden(_)))));
}

#[tokio::test]
async fn seats_that_nobody_pays_for_in_time_are_given_back() {
    let stage = open().await;
    let table = stage.table_name("BookingTable").expect("the template has it");
    let aws = Aws::local(&stage.dynamodb_endpoint(), &[("BOOKING_TABLE", table)]);
    let held = |minutes: i64| {
        let since = Timestamp::now().plus_micros(-60_000_000 * minutes).expect("a time");
        bookings_contract::Booking {
            person: "anna".parse().expect("a name"),
            booking_id: Uuid::now_v7(),
            version: 1,
            show_id: Uuid::now_v7(),
            title: "Emma".parse().expect("a title"),
            seats: 1.try_into().expect("seats"),
            total: price(),
            status: bookings_contract::BookingStatus::Held,
            held_on: since.date(),
            held_at: since,
        }
    };
    let tables = bookings_contract::Tables::new(&aws);
    let (old, new) = (held(31), held(1));
    tables.booking.put_all(&[old.clone(), new.clone()]).await.expect("they are stored");
    stage.fire_schedule("BookingsGiveBackRule").expect("it fires");
    let anna = bookings::Client::over(caller(&stage, "anna", ""));
    let status = async |id| {
        let booking = anna.get_booking(GetBooking::new("anna".parse().expect("a name"), id)).await;
        booking.expect("it is there").status
    };
    let is_over = async || (status(old.booking_id).await == BookingStatus::Cancelled).then_some(());
    eventually("the clock", is_over).await;
    assert_eq!(status(new.booking_id).await, BookingStatus::Held);
}

/// A price, as the bookings service has it.
fn price() -> bookings_contract::Money {
    let amount = bookings_contract::MoneyAmount::new(decimal("24.50")).expect("an amount");
    bookings_contract::Money::new(amount, bookings_contract::MoneyCurrency::Eur)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}
