from lib.re_exported import HandedOnCase as OtherCase
