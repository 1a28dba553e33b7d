"""A sender that keeps what it was given, in place of a text-message company."""


class MemorySender:
    sent: list[tuple[str, str]] = []

    def send_code(self, phone: str, code: str) -> None:
        self.sent.append((phone, code))
