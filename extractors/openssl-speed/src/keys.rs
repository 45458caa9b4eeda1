//! `rsa 2048 bits 0.000272s 0.000015s   3670.3  65992.7` below `sign    verify    sign/s verify/s`

use prill_core::MetricSink;
use prill_core::scan::{Search, number};

use crate::value::{Key, Operation};

/// A column: what is done, and whether it is a rate.
pub(crate) type Column = (Operation, bool);

/// The columns of a header; `None` when the line is none.
pub(crate) fn columns(shown: &str) -> Option<Vec<Column>> {
    if !shown.has("/s") {
        return None;
    }
    let columns: Option<Vec<Column>> = shown.split_whitespace().map(column).collect();
    columns.filter(|columns| columns.len() >= 2 && columns.iter().filter(|(_, is_rate)| *is_rate).count() * 2 == columns.len())
}

fn column(word: &str) -> Option<Column> {
    let (word, is_rate) = word.strip_suffix("/s").map_or((word, false), |word| (word, true));
    let operation = match word.trim_end_matches('.').trim_end_matches('s') {
        "sign" => Operation::Sign,
        "verify" => Operation::Verify,
        "encrypt" | "encr" => Operation::Encrypt,
        "decrypt" | "decr" => Operation::Decrypt,
        "op" => Operation::Derive,
        "keygen" => Operation::Keygen,
        "encap" => Operation::Encapsulate,
        "decap" => Operation::Decapsulate,
        _ => return None,
    };
    Some((operation, is_rate))
}

/// A row below `columns`; false when the line is none.
pub(crate) fn row(shown: &str, columns: &[Column], out: &mut MetricSink) -> bool {
    let words: Vec<&str> = shown.split_whitespace().collect();
    let Some(first) = words.len().checked_sub(columns.len()).filter(|first| *first > 0) else { return false };
    let (name, tokens) = words.split_at(first);
    let tokens: Vec<&str> = tokens.iter().map(|token| token.strip_suffix('s').unwrap_or(token)).collect();
    if !tokens.iter().all(|token| number::is_token(token)) {
        return false;
    }
    let Some(key) = key(name) else { return false };
    for word in name.iter().filter(|word| word.bytes().any(|b| b.is_ascii_digit())) {
        out.ignore(word, "name of the algorithm, or size of the key");
    }
    for ((operation, is_rate), token) in columns.iter().zip(tokens) {
        key.push(*operation, *is_rate, token, out);
    }
    true
}

/// `rsa 2048 bits`, `256 bits ecdsa (nistp256)`, `2048 bits ffdh`, `ML-KEM-768`, perhaps behind `[provider]`
fn key<'t>(words: &[&'t str]) -> Option<Key<'t>> {
    let is_bits = |word: &str| word == "bits" || word == "bit";
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with('[')).collect();
    let plain = |algorithm, bits| Key { algorithm, bits: Some(bits), curve: None, index: None };
    Some(match words.as_slice() {
        [algorithm, bits, word] if is_bits(word) => plain(algorithm, bits),
        [bits, word, algorithm] if is_bits(word) => plain(algorithm, bits),
        [bits, word, algorithm, curve] if is_bits(word) => {
            Key { curve: Some(curve.trim_matches(['(', ')'])), ..plain(algorithm, bits) }
        }
        [algorithm] => Key { algorithm, bits: None, curve: None, index: None },
        _ => return None,
    })
}
