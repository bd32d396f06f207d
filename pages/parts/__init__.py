"""Parts that pages share: the component of the reader."""
