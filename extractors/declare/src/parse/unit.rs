use prill_core::scan::unit::{UnitError, spelled};
use prill_core::{Printed, Quantity};

use crate::error::DeclareError;
use crate::keys::{Keys, Word};

/// The unit that a person wrote. `KB` and whatever else may be 1000 or 1024 is refused.
pub(super) fn unit(keys: &Keys<'_, '_>, word: &Word) -> Result<Printed, DeclareError> {
    spelled(&word.text).map_err(|error| match error {
        UnitError::Ambiguous { spelling, write } => {
            let cause = format!("`{spelling}` is 1000 for some tools and 1024 for others");
            keys.error(word.span.clone(), cause, format!("write {write}, whichever this tool means"))
        }
        UnitError::Unknown(spelling) => keys.error(
            word.span.clone(),
            format!("`{spelling}` is no unit"),
            "write ns us ms s min h, B kB KiB MB MiB GB GiB TiB, one of these with /s, bit/s kbit/s Mbit/s Gbit/s, Hz kHz MHz GHz, %, 1, {request} or {request}/s",
        ),
    })
}

/// `"1us"` in the base unit of `of`.
pub(super) fn step(keys: &Keys<'_, '_>, word: &Word, of: Option<Printed>) -> Result<f64, DeclareError> {
    let quantity: Quantity = word.text.parse().map_err(|_| {
        keys.error(word.span.clone(), format!("`{}` is no quantity", word.text), "write a number and a unit, such as 1us")
    })?;
    let same = quantity.unit().is_none_or(|unit| of.is_some_and(|of| of.unit == unit));
    let value = quantity.value();
    if !same || !value.is_finite() || value <= 0.0 {
        let cause = format!("`{}` is no step of this metric", word.text);
        return Err(keys.error(word.span.clone(), cause, "write a quantity above zero, in a unit of the metric's own kind"));
    }
    Ok(value)
}
