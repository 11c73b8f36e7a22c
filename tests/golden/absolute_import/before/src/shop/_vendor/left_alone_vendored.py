from .other import thing
