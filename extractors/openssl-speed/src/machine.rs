//! `-mr`: `+H:16:64`, `+F:6:sha256:147758220.00:387431410.00`, `+F2:2:2048:2694.736842:45805.263158`

use prill_core::MetricSink;
use prill_core::scan::{Scale, Search, number, unit};

use crate::bulk::{self, Table};
use crate::value::{Key, Operation};

pub(crate) fn is_mine(shown: &str) -> bool {
    let shown = of_child(shown).unwrap_or(shown);
    let fields: Vec<&str> = shown.split(':').collect();
    match fields.as_slice() {
        ["+H", sizes @ ..] => !sizes.is_empty() && sizes.iter().all(|size| bulk::is_size(size)),
        ["+F", index, _, values @ ..] => bulk::is_size(index) && !values.is_empty() && values.iter().all(|v| number::is_token(v)),
        [kind, index, values @ ..] if kind.strip_prefix("+F").is_some_and(bulk::is_size) => {
            bulk::is_size(index) && values.len() >= 3 && values[1..].iter().any(|v| number::is_token(v))
        }
        _ => false,
    }
}

/// A line of `-mr`; of `-multi` too, whose children print them. False when the line is none.
pub(crate) fn line<'t>(shown: &'t str, table: &mut Table<'t>, out: &mut MetricSink) -> bool {
    if let Some(line) = of_child(shown) {
        if let Some(sizes) = line.strip_prefix("+H:") {
            table.sizes = sizes.split(':').collect();
        }
        out.ignore(shown, "of one child: the table holds the sum");
        return true;
    }
    if shown.starts_with("Forked child ") {
        out.ignore(shown, "number of a child");
        return true;
    }
    if !is_mine(shown) {
        return false;
    }
    let fields: Vec<&'t str> = shown.split(':').collect();
    if fields[0] == "+H" {
        table.sizes = fields[1..].to_vec();
        out.ignore(shown, "sizes of the blocks");
        return true;
    }
    out.ignore(fields[0], "kind of the line");
    out.ignore(fields[1], "number of the algorithm");
    if fields[0] == "+F" {
        throughput(&fields, table, out);
    } else {
        key(&fields, out);
    }
    true
}

/// The line of a child of `-multi`: `Got: +F:6:sha256:100.00 from 0`.
fn of_child(shown: &str) -> Option<&str> {
    shown.strip_prefix("Got: ")?.cut_last(" from ").map(|(line, _)| line)
}

/// Bytes a second, in full.
fn throughput(fields: &[&str], table: &Table<'_>, out: &mut MetricSink) {
    let (algorithm, values) = (fields[2], &fields[3..]);
    if algorithm.bytes().any(|b| b.is_ascii_digit()) {
        out.ignore(algorithm, "name of the algorithm");
    }
    for (index, token) in values.iter().enumerate() {
        match table.sizes.get(index) {
            Some(size) => bulk::push(algorithm, size, token, unit::BYTE_PER_S, out),
            None => out.ignore(token, "of no known size of blocks"),
        }
    }
}

/// Operations with a key. Up to 1.1.0 they are seconds, later rates; there is no other sign than their size, and no pair of
/// operations takes longer than a second each.
fn key(fields: &[&str], out: &mut MetricSink) {
    use Operation::{Decapsulate, Decrypt, Derive, Encapsulate, Encrypt, Keygen, Sign, Verify};
    let (algorithm, operations): (&str, &[Operation]) = match fields[0] {
        "+F2" => ("rsa", &[Sign, Verify, Encrypt, Decrypt]),
        "+F3" => ("dsa", &[Sign, Verify]),
        "+F4" => ("ecdsa", &[Sign, Verify]),
        "+F5" => ("ecdh", &[Derive, Derive]),
        "+F6" => ("EdDSA", &[Sign, Verify]),
        "+F7" => ("SM2", &[Sign, Verify]),
        "+F8" => ("ffdh", &[Derive, Derive]),
        "+F9" => ("kem", &[Keygen, Encapsulate, Decapsulate]),
        "+F10" => ("signature", &[Keygen, Sign, Verify]),
        _ => return fields.iter().skip(2).for_each(|field| out.ignore(field, "of no known kind")),
    };
    let named = matches!(fields[0], "+F6" | "+F7");
    let sized = !matches!(fields[0], "+F9" | "+F10");
    let key =
        Key { algorithm, bits: sized.then(|| fields[2]), curve: named.then(|| fields[3]), index: (!sized).then(|| fields[1]) };
    let values = &fields[2 + usize::from(sized) + usize::from(named)..];
    fields[2..fields.len() - values.len()].iter().for_each(|field| out.ignore(field, "size or name of the key"));
    let value = |token: &&str| number::value(token, Scale::ONE).unwrap_or_default();
    let largest = values.iter().map(value).fold(0.0, f64::max);
    for (operation, token) in operations.iter().zip(values) {
        // Where a rate stands beside its inverse, the larger is the rate.
        let is_rate = if operations == [Derive, Derive] { value(token) == largest } else { largest >= 1.0 };
        key.push(*operation, is_rate, token, out);
    }
    values.iter().skip(operations.len()).for_each(|token| out.ignore(token, "column that is not known"));
}
