use prill_core::Printed;
use prill_core::scan::number;

/// The step in which `token` is printed, in the base unit; `None` when it has no decimals.
pub(crate) fn step(token: &str, printed: Printed) -> Option<f64> {
    let (_, decimals) = token.split_once('.')?;
    let digits = i8::try_from(decimals.len()).ok().filter(|digits| (1..=12).contains(digits))?;
    number::value("1", printed.shift(-digits).scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::scan::unit;

    #[test]
    fn a_step_is_as_fine_as_the_decimals() {
        assert_eq!(step("1.35", unit::MS), Some(0.00001));
        assert_eq!(step("12.5", unit::MIB), Some(104_857.6));
        assert_eq!(step("12", unit::MS), None);
    }
}
