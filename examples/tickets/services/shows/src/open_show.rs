//! `openShow`: Let seats be booked

use runtime::{Context, Problem, Updated};
use shows_contract::{
    OpenShowError, OpenShowInput, OpenShowOutput, ShowFields, ShowKey, ShowOpened, ShowStatus,
};

use crate::Service;

/// `POST /shows/{showId}/opening`
///
/// A show that is open already is told of again: whoever was not told the first time is told now.
pub(crate) async fn open_show(
    service: &Service,
    cx: &Context,
    input: OpenShowInput,
) -> Result<OpenShowOutput, OpenShowError> {
    let key = ShowKey { show_id: input.show_id };
    let open = runtime::Update::new()
        .set(ShowFields::STATUS, &ShowStatus::Open)
        .when(ShowFields::STATUS.may_become(&ShowStatus::Open, &ShowStatus::TRANSITIONS));
    let show = match service.tables.show.update(&key, open).await? {
        Updated::Done(show) => show,
        Updated::Refused(None) => {
            return Err(OpenShowError::NotFound(Problem::new(404, "There is no such show.")));
        }
        Updated::Refused(Some(_)) => {
            return Err(OpenShowError::Conflict(Problem::new(409, "The show is over.")));
        }
    };
    let title = show.title.as_str().parse()?;
    let opened = ShowOpened::new(show.show_id, title, show.price.clone());
    service.publisher.show_opened(cx, &opened).await?;
    Ok(show)
}
