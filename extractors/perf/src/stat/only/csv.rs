//! The rows of `-x`.

use prill_core::scan::number;

use super::super::counter::Whose;
use super::super::place;
use super::{Writer, value};

/// The names in a line such as `time,cpu,GHz,insn per cycle,`, and the separator behind each. What stands before the names is
/// separated by commas before 6.9, whatever `-x` says.
pub(super) fn names<'t>(line: &'t str, separator: Option<&str>) -> Option<(Vec<&'t str>, &'t str)> {
    let line = line.trim_ascii_start();
    let end = match separator {
        Some(separator) if !separator.is_empty() => line.trim_ascii_end().strip_suffix(separator.trim_ascii_end())?.len(),
        Some(_) => return None,
        None => line
            .len()
            .checked_sub(1)
            .filter(|at| line.is_char_boundary(*at) && [",", ";", "\t", "|", ":"].contains(&&line[*at..]))?,
    };
    let (mut rest, separator) = line.split_at(end);
    for places in ["time", "core", "cluster", "cache", "die", "socket", "node", "cpus", "ctrs", "cpu", "comm-pid"] {
        let after = rest.strip_prefix(places);
        rest = after.and_then(|after| after.strip_prefix(',').or_else(|| after.strip_prefix(separator))).unwrap_or(rest);
    }
    let names: Vec<&str> = rest.split(separator).collect();
    let is_name = |name: &&str| name.bytes().any(|b| b.is_ascii_alphabetic()) && !number::is_token(name);
    (!separator.is_empty() && names.iter().all(is_name)).then_some((names, separator))
}

/// The numbers of a row.
pub(super) fn values<'t>(line: &'t str, separator: &str, out: &mut Writer<'_>) -> Option<(Whose<'t>, Vec<(&'t str, bool)>)> {
    let line = line.trim_ascii();
    if line.is_empty() {
        return None;
    }
    let mut fields = line.strip_suffix(separator).unwrap_or(line).split(separator).map(str::trim_ascii).peekable();
    let mut whose = Whose::default();
    if let Some(time) = fields.next_if(|field| place::is_time(field)) {
        out.ignore(time, "time of the interval");
        whose.interval = Some(time);
    }
    let label = |field: &&'t str| place::label(field).or_else(|| place::is_thread(field).then_some(("thread", *field)));
    if let Some(word) = fields.next_if(|field| label(field).is_some()) {
        out.ignore(word, "identity of the row");
        whose.place = label(&word);
        if !matches!(whose.place, Some(("cpu" | "thread", _))) {
            let processors = fields.next_if(|field| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit()));
            processors.into_iter().for_each(|field| out.ignore(field, "number of processors"));
        }
    }
    // Of what was not counted there is an empty field.
    let fields: Vec<&str> = fields.collect();
    let is_row = fields.iter().all(|field| field.is_empty() || value(field).is_some());
    is_row.then(|| (whose, fields.iter().filter_map(|field| value(field)).collect()))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_found_with_any_separator() {
        let expected = Some((vec!["GHz", "insn per cycle"], ","));
        for before in ["", "time,", "time,cpu,", "core,cpus,", "comm-pid,"] {
            assert_eq!(names(&format!("{before}GHz,insn per cycle,"), None), expected, "{before}");
        }
        assert_eq!(names("time,core,cpus,GHz;insn per cycle;", Some(";")).unwrap().0, ["GHz", "insn per cycle"]);
        assert_eq!(names("time;core;ctrs;GHz;insn per cycle;", None).unwrap().0, ["GHz", "insn per cycle"]);
        for junk in ["", ",", ",,", "1,2,3,", "a sentence", "1.5,GHz,"] {
            assert_eq!(names(junk, None), None, "{junk}");
        }
    }
}
