"""All clients. To add one: a file in this folder, and its class here."""
from clients.libreoffice import Calc, Writer
from clients.msgfmt import Msgfmt
from clients.npm_xliff import NpmXliff
from clients.okapi import Tikal
from clients.omegat import OmegaT
from clients.qt import Lconvert
from clients.symfony import Symfony
from clients.tmx_readers import Hypomnema, PerlTmx, Tmexchange
from clients.translate_toolkit import Pretranslate, TranslateToolkit

ALL = [TranslateToolkit(), Pretranslate(), OmegaT(), Tikal(), NpmXliff(), Symfony(), Lconvert(), Msgfmt(), Tmexchange(), PerlTmx(),
       Hypomnema(), Writer(), Calc()]
