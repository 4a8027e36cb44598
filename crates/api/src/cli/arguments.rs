//! The commands of `parcours` and their arguments. What is wrong with them, and the help, are said in French.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::Failure;
use crate::text::command as text;

/// Parcours Aidants : le serveur et ses commandes.
#[derive(Parser)]
#[command(name = "parcours", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Écrit la configuration lue dans l’environnement, secrets masqués, et s’arrête.
    #[arg(long, global = true)]
    pub print_config: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Lance le serveur.
    Serve,
    /// Met la base au niveau de ce programme.
    Migrate,
    /// Écrit le document OpenAPI sur la sortie standard.
    Openapi,
    /// Écrit des données de démonstration, reproductibles.
    Demo {
        /// Nombre de demandes, 250 par défaut.
        #[arg(long, default_value_t = 250)]
        rows: usize,
        /// Graine du tirage, 1 par défaut.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Importe un fichier de demandes.
    Import {
        /// Le fichier : .csv, .ndjson, .xlsx ou .ods.
        file: PathBuf,
        /// Essai à blanc : rien n’est écrit.
        #[arg(long)]
        dry_run: bool,
    },
    /// Importe la table SIRET-OPCO (CSV) à la place de celle qui est là, le service en marche.
    ImportOpco {
        /// Le fichier : une colonne siret, une colonne opco.
        file: PathBuf,
    },
    /// Lance les simulateurs des services extérieurs, sur la boucle locale, pour une démonstration.
    Simulateurs {
        /// Port de 127.0.0.1.
        #[arg(long, default_value_t = 9100)]
        port: u16,
        /// S’arrête avec le programme qui a lancé celui-ci.
        #[arg(long)]
        avec_parent: bool,
    },
    /// Exporte les demandes filtrées sur la sortie standard.
    Export {
        /// csv (par défaut), ndjson, xlsx ou ods.
        #[arg(long, default_value = "csv")]
        format: String,
        /// Filtre, dans la grammaire commune.
        #[arg(long, default_value = "")]
        filter: String,
    },
    /// Jetons d’API.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Clés de la configuration.
    Cle {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Courriels qui ne sont pas partis.
    Courriel {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// Comptes d’administration.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Graines des codes à usage unique.
    Otp {
        #[command(subcommand)]
        command: OtpCommand,
    },
    /// Journal.
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Crée un jeton et l’écrit, seul, sur la sortie standard.
    Create {
        /// Code d’un rôle : recipiendaire, instructeur, anct…
        #[arg(long)]
        role: String,
        /// Portée, répétable : demandes:lire, demandes:ecrire, imports:lire, imports:ecrire, enveloppes:lire, enveloppes:ecrire, financements:ecrire, eligibilites:ecrire, journal:lire.
        #[arg(long = "scope", required = true)]
        scopes: Vec<String>,
        /// Enveloppe, répétable, pour le rôle recipiendaire.
        #[arg(long = "enveloppe")]
        envelopes: Vec<String>,
        /// Durée de validité, en jours : 365 au plus, 90 par défaut.
        #[arg(long, default_value_t = 90)]
        jours: i64,
        /// Nom du jeton.
        #[arg(long, default_value = "ligne de commande")]
        nom: String,
    },
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Tire une clé pour PARCOURS_CLES_JWT et l’écrit, seule, sur la sortie standard.
    Jwt {
        /// Son nom, jamais réutilisé ; la date du jour par défaut.
        #[arg(long)]
        nom: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum MailCommand {
    /// Liste les courriels arrêtés : identifiant, date, tentatives.
    List,
    /// Remet un courriel arrêté dans la file.
    Retry {
        /// Son identifiant.
        id: String,
    },
}

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Crée un compte d’administration nationale et écrit, seul, son lien de premier accès.
    Create {
        /// Adresse e-mail du compte.
        #[arg(long)]
        email: String,
        /// Nom affiché.
        #[arg(long)]
        nom: String,
        /// Adresse publique du service, par exemple https://aidants.example ; celle de PARCOURS_LISTEN par défaut.
        #[arg(long)]
        url: Option<String>,
    },
}

#[derive(Subcommand)]
pub enum OtpCommand {
    /// Rechiffre les graines avec la première clé de PARCOURS_CLES_OTP, le service en marche ; se reprend en relançant.
    Rechiffrer,
}

#[derive(Subcommand)]
pub enum JournalCommand {
    /// Relit toute la chaîne et dit où elle ne tient pas.
    Verify {
        /// Tête signée à comparer à la chaîne, répétable.
        #[arg(long = "tete")]
        heads: Vec<PathBuf>,
        /// Clé publique de confiance ; par défaut celle de PARCOURS_CLE_JOURNAL.
        #[arg(long)]
        cle: Option<String>,
    },
    /// Signe la tête de la chaîne et l’écrit sur la sortie standard.
    Attest,
}

/// Reads the arguments; nothing when they ask for the help or the version, which are then printed.
pub fn read() -> Result<Option<Cli>, Failure> {
    match french(Cli::command()).try_get_matches() {
        Ok(matches) => Ok(Some(Cli::from_arg_matches(&matches)?)),
        Err(told) if !told.use_stderr() => {
            // Whoever was reading may have seen enough (`| head`).
            let _gone = told.print();
            Ok(None)
        }
        Err(refused) => {
            let named = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg].into_iter().find_map(|kind| {
                match refused.get(kind)? {
                    ContextValue::String(name) => Some(name.clone()),
                    ContextValue::Strings(names) => Some(names.join(", ")),
                    _ => None,
                }
            });
            Err(format!("{} ; {}", text::argument(refused.kind(), named.as_deref()), text::SEE_HELP).into())
        }
    }
}

/// The same command, with its help in French.
fn french(command: clap::Command) -> clap::Command {
    let titled = |arg: Arg| {
        let title = if arg.is_positional() { text::ARGUMENTS } else { text::OPTIONS };
        let valued = arg.get_action().takes_values();
        arg.help_heading(title).hide_default_value(valued)
    };
    let flag = |name: &'static str, short: char, action: ArgAction, help: &'static str| {
        Arg::new(name).long(name).short(short).action(action).help(help).help_heading(text::OPTIONS)
    };
    let version = command.get_version().is_some();
    let command = command
        .help_template(text::HELP)
        .subcommand_help_heading(text::COMMANDS)
        .subcommand_value_name(text::COMMAND)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(titled)
        .arg(flag("help", 'h', ArgAction::Help, text::HELP_FLAG))
        .mut_subcommands(french);
    if version { command.arg(flag("version", 'V', ArgAction::Version, text::VERSION_FLAG)) } else { command }
}
