//! The program `xuequ`. Everything it does is in the library; see [`xuequ::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(xuequ::cli::run(std::env::args_os()).code())
}
