use prill_core::diagnostic::code;
use prill_core::scan::{Scale, number, unit};
use prill_core::{MetricSink, Printed};

const OPERATIONS: Printed = Printed::base("{operation}/s");

/// A key and what is done with it: `rsa`, 2048 bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'t> {
    pub(crate) algorithm: &'t str,
    pub(crate) bits: Option<&'t str>,
    pub(crate) curve: Option<&'t str>,
    /// The place in a list of algorithms whose names are not printed.
    pub(crate) index: Option<&'t str>,
}

impl Key<'_> {
    /// How long an operation takes, or how many there are a second.
    pub(crate) fn push(&self, operation: Operation, is_rate: bool, token: &str, out: &mut MetricSink) {
        let name = operation.name(is_rate);
        if number::value(token, Scale::ONE).is_none_or(|value| is_rate && value <= 0.0) {
            let message = format!("{name} of {} has no value: nothing was done", self.algorithm);
            out.warn(code::NO_SAMPLES, token, message);
            return out.ignore(token, "placeholder");
        }
        let mut metric = out.metric(name).label("algorithm", self.algorithm);
        for (key, value) in [("bits", self.bits), ("curve", self.curve), ("index", self.index)] {
            if let Some(value) = value {
                metric = metric.label(key, value);
            }
        }
        metric = if is_rate { metric.unit(OPERATIONS).higher() } else { metric.unit(unit::SECOND).lower() };
        let step = token.split_once('.').and_then(|(_, decimals)| i8::try_from(decimals.len()).ok());
        if let Some(step) = step.filter(|_| !is_rate).and_then(|digits| number::value("1", unit::SECOND.shift(-digits).scale)) {
            metric = metric.resolution(step);
        }
        metric.push(token);
    }
}

/// What is done with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Sign,
    Verify,
    Encrypt,
    Decrypt,
    /// Two keys make a secret.
    Derive,
    Keygen,
    Encapsulate,
    Decapsulate,
}

impl Operation {
    fn name(self, is_rate: bool) -> &'static str {
        match (self, is_rate) {
            (Self::Sign, true) => "sign.rate",
            (Self::Sign, false) => "sign.latency.mean",
            (Self::Verify, true) => "verify.rate",
            (Self::Verify, false) => "verify.latency.mean",
            (Self::Encrypt, true) => "encrypt.rate",
            (Self::Encrypt, false) => "encrypt.latency.mean",
            (Self::Decrypt, true) => "decrypt.rate",
            (Self::Decrypt, false) => "decrypt.latency.mean",
            (Self::Derive, true) => "derive.rate",
            (Self::Derive, false) => "derive.latency.mean",
            (Self::Keygen, true) => "keygen.rate",
            (Self::Keygen, false) => "keygen.latency.mean",
            (Self::Encapsulate, true) => "encapsulate.rate",
            (Self::Encapsulate, false) => "encapsulate.latency.mean",
            (Self::Decapsulate, true) => "decapsulate.rate",
            (Self::Decapsulate, false) => "decapsulate.latency.mean",
        }
    }
}
