//! The rules for names.

use super::CgroupError;

/// The name below the parent, without its leading slashes.
pub(super) fn check(name: &str) -> Result<&str, CgroupError> {
    let bad = |rule| CgroupError::BadName { name: name.to_owned(), rule };
    let relative = name.trim_start_matches('/').trim_end_matches('/');
    if relative.is_empty() {
        return Err(bad("it is empty"));
    }
    if relative.contains('\0') {
        return Err(bad("it contains a NUL byte"));
    }
    if relative.contains('\n') {
        return Err(bad("it contains a line break, which cgroupfs refuses"));
    }
    if relative.split('/').any(|part| part == ".." || part == "." || part.is_empty()) {
        return Err(bad("each part must name a cgroup: no `..`, `.` or empty part"));
    }
    Ok(relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_slashes_are_stripped() {
        assert_eq!(check("/workers").unwrap(), "workers");
        assert_eq!(check("a/b").unwrap(), "a/b");
    }

    #[test]
    fn names_that_could_leave_the_parent_are_refused() {
        for name in ["", "/", "..", "a/../../b", "a//b", ".", "a\0b", "a\nb"] {
            assert!(matches!(check(name), Err(CgroupError::BadName { .. })), "{name:?}");
        }
    }
}
