//! What CoreMark and CoreMark-PRO prints, described in a TOML file for each format.
#![forbid(unsafe_code)]

mod coremark {
    prill_declare::declare_format!("coremark.toml");
}

mod coremark_pro {
    prill_declare::declare_format!("coremark-pro.toml");
}
