"""What a network is judged by. All but those of distillation are `Loss`es: embeddings and targets in, a number out."""
